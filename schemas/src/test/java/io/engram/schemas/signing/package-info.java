@NullMarked
package io.engram.schemas.signing;

import org.jspecify.annotations.NullMarked;
