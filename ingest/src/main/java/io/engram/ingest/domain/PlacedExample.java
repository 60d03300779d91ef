package io.engram.ingest.domain;

import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.LabeledExample;
import org.jspecify.annotations.Nullable;

/**
 * An accepted example, decoded, with its place in the log.
 *
 * @param offset in its partition
 * @param timestamp event time in milliseconds
 * @param trace whose work it is part of; null where its record did not say
 */
record PlacedExample(
    LabeledExample example, long offset, long timestamp, @Nullable TraceContext trace) {

  /** An example of a record. */
  static PlacedExample of(LabeledExample example, InputRecord record) {
    return new PlacedExample(example, record.offset(), record.timestamp(), record.trace());
  }
}
