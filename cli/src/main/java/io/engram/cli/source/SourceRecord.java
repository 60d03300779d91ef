package io.engram.cli.source;

import io.engram.schemas.Rejected;
import io.engram.schemas.avro.LabeledExample;
import org.jspecify.annotations.Nullable;

/** One record of a source: an example, or something that could not be made one. */
public sealed interface SourceRecord {

  /** Its place in the sequence, from 0. */
  long index();

  /** A labeled example under its task key. */
  record Example(long index, String key, LabeledExample value) implements SourceRecord {}

  /**
   * Bad data.
   *
   * @param key task key, if it could be read
   * @param original as it was found
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Refused(long index, @Nullable String key, byte[] original, Rejected why)
      implements SourceRecord {}
}
