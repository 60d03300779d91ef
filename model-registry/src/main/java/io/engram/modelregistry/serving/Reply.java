package io.engram.modelregistry.serving;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes of a question. */
public sealed interface Reply {

  /**
   * Answers, one for each question, in their order.
   *
   * @param adaptedOn rows that they rest on; 0 where the version was taken as it is
   */
  record Answers(List<Answer> answers, int adaptedOn) implements Reply {
    public Answers {
      answers = List.copyOf(answers);
    }
  }

  /** The question does not fit the version; the sentence says where, what was found and what is expected. */
  record Wrong(String reason) implements Reply {}

  /** The question fits, but adapting went astray, or the outputs are no numbers. */
  record Astray(String reason) implements Reply {}

  /** The version's parameters are no longer kept. */
  record Gone() implements Reply {}

  /** Nobody can use the version. */
  record Unusable(String reason) implements Reply {}

  /** One answer. */
  sealed interface Answer {}

  /**
   * A class.
   *
   * @param probabilities by class, in the order of the outputs
   */
  record OfClasses(String label, Map<String, Float> probabilities) implements Answer {}

  /**
   * Numbers.
   *
   * @param values [outputs]
   * @param interval null where none was wanted, or the version knows none
   */
  @SuppressWarnings("ArrayRecordComponent") // fresh, never compared
  record OfNumbers(float[] values, @Nullable Between interval) implements Answer {}

  /**
   * Where the truth is expected.
   *
   * @param level the share of truths that it is to cover
   * @param lower [outputs]
   * @param upper [outputs]
   */
  @SuppressWarnings("ArrayRecordComponent") // fresh, never compared
  record Between(double level, float[] lower, float[] upper) {}
}
