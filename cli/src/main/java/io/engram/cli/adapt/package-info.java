/** {@code engram adapt}: the newest version of a model, adapted to the rows of one file and asked about those of another. */
@NullMarked
package io.engram.cli.adapt;

import org.jspecify.annotations.NullMarked;
