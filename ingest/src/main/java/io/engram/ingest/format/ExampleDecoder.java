package io.engram.ingest.format;

import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.UnlabeledExample;
import org.jspecify.annotations.Nullable;

/**
 * Makes examples of records.
 *
 * <p><b>Threading:</b> any number of threads at a time. <b>Determinism:</b> the same record always gives the same, on every machine and after
 * every restart: what was decoded once may be decoded again. {@link Decoded.NotNow} alone may become something else, once. <b>Failure:</b>
 * bad bytes are a value, never an exception. What the numbers and labels are worth is not the decoder's to judge.
 */
@FunctionalInterface
public interface ExampleDecoder {

  /** What a record holds. */
  Decoded decode(ExampleRecord record);

  /** What came out. */
  sealed interface Decoded {

    /**
     * An example; may share memory with the bytes.
     *
     * @param key the key of its tasks; null: the record's own
     * @param time its event time in milliseconds; null: the record's own
     */
    record Example(LabeledExample value, @Nullable String key, @Nullable Long time)
        implements Decoded {

      /** With the record's own key and time. */
      public Example(LabeledExample value) {
        this(value, null, null);
      }
    }

    /**
     * An example whose label is not known yet: nothing to learn from, but to be answered.
     *
     * @param key the key of its tasks; null: the record's own
     * @param time its event time in milliseconds; null: the record's own
     */
    record Question(UnlabeledExample value, @Nullable String key, @Nullable Long time)
        implements Decoded {}

    /**
     * No example.
     *
     * @param reason what was found, what was expected
     */
    record Undecodable(String reason) implements Decoded {}

    /**
     * Nothing to learn from, and nothing wrong: a row was deleted where the records come from.
     *
     * @param what was found
     */
    record Deletion(String what) implements Decoded {}

    /**
     * It cannot be told yet, as what is needed for it does not answer: ask again.
     *
     * @param reason what does not answer
     */
    record NotNow(String reason) implements Decoded {}
  }
}
