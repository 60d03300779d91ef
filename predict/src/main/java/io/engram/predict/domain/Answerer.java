package io.engram.predict.domain;

import io.engram.schemas.avro.LabeledExample;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from labeled examples of a key, with the newest version. <b>Threading:</b> any number of threads. <b>Determinism:</b> the same
 * version, rows and features give the same answer, to the bit. <b>Failure:</b> what cannot be answered is a value.
 */
@FunctionalInterface
public interface Answerer {

  /**
   * A question.
   *
   * @param seen labeled examples of the key that came before; with the key it tells what {@code rows} holds
   * @param rows the newest of them, the oldest first
   */
  @SuppressWarnings("ArrayRecordComponent") // a row on its way, never compared
  record Asking(String key, long seen, Supplier<List<LabeledExample>> rows, float[] features) {}

  /**
   * What is answered.
   *
   * @param outcome a {@code ClassAnswer}, a {@code NumberAnswer} or a {@code NoAnswer}
   * @param support labeled examples that it rests on
   * @param simple what the {@link SimpleAnswer} of the rows is
   */
  record Given(String model, long version, Object outcome, int support, @Nullable Object simple) {}

  /** The answer; empty while there is no version to answer with. */
  Optional<Given> answer(Asking asking);
}
