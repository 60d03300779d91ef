package io.engram.ingest.kafka.rejected;

import org.jspecify.annotations.Nullable;

/** Makes of a rejected record what should have been sent. */
@FunctionalInterface
public interface Fix {

  /** As it came. */
  Fix NONE = record -> new Fixed.Good(record.record().key(), record.record().value());

  Fixed of(RejectedRecord record);

  /** What came out. */
  sealed interface Fixed {

    /** To be sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Good(byte @Nullable [] key, byte @Nullable [] value) implements Fixed {}

    /** Bad still. */
    record Bad(String reason) implements Fixed {}
  }
}
