/**
 * Where `engram run` takes labeled examples from. A source is a numbered sequence of records: the same settings give the same
 * record at the same index, so that a stream can be taken up again exactly where it stopped.
 */
@NullMarked
package io.engram.cli.source;

import org.jspecify.annotations.NullMarked;
