@NullMarked
package io.engram.schemas;

import org.jspecify.annotations.NullMarked;
