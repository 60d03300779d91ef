@NullMarked
package io.engram.cli.forget;

import org.jspecify.annotations.NullMarked;
