/** Rows of a CSV file or of the standard input, one labeled example each. */
@NullMarked
package io.engram.cli.source.csv;

import org.jspecify.annotations.NullMarked;
