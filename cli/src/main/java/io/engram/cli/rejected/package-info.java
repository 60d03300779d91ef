/** The rejected, shown to people and programs. */
@NullMarked
package io.engram.cli.rejected;

import org.jspecify.annotations.NullMarked;
