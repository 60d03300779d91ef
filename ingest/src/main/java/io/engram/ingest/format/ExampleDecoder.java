package io.engram.ingest.format;

import io.engram.schemas.avro.LabeledExample;
import org.jspecify.annotations.Nullable;

/**
 * Makes examples of bytes.
 *
 * <p><b>Threading:</b> any number of threads at a time. <b>Determinism:</b> the same bytes always give the same, on every machine and after
 * every restart: what was decoded once may be decoded again. <b>Failure:</b> bad bytes are a value, never an exception. What the numbers
 * and labels are worth is not the decoder's to judge.
 */
@FunctionalInterface
public interface ExampleDecoder {

  /**
   * What a record's value holds.
   *
   * @param value the whole value of a Kafka record, not to be changed; null for a tombstone
   */
  Decoded decode(byte @Nullable [] value);

  /** What came out. */
  sealed interface Decoded {

    /** An example; may share memory with the bytes. */
    record Example(LabeledExample value) implements Decoded {}

    /**
     * No example.
     *
     * @param reason what was found, what was expected
     */
    record Undecodable(String reason) implements Decoded {}
  }
}
