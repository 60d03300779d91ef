package io.engram.predict.domain;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.NumberAnswer;
import io.engram.schemas.avro.OpenQuestion;
import io.engram.schemas.avro.Tensor;
import java.util.OptionalDouble;

/** How good an answer was, once its label is known. */
final class Truth {

  private Truth() {}

  /**
   * The score of the answer that was given: 1 or 0 for classes, the mean squared error over the outputs for numbers. Empty where there was
   * no answer, or the label is of another kind.
   */
  static OptionalDouble score(OpenQuestion question, Object label) {
    Answer answer = question.getAnswer();
    if (answer == null) {
      return OptionalDouble.empty();
    }
    if (answer.getOutcome() instanceof ClassAnswer given) {
      return score(given.getLabel(), label);
    }
    return answer.getOutcome() instanceof NumberAnswer given
        ? score(given.getValues(), label)
        : OptionalDouble.empty();
  }

  /** The same of what the simple thing would have answered. */
  static OptionalDouble simple(OpenQuestion question, Object label) {
    Object simple = question.getSimple();
    return simple == null ? OptionalDouble.empty() : score(simple, label);
  }

  private static OptionalDouble score(Object given, Object label) {
    if (!(given instanceof Tensor values)) {
      return label instanceof Tensor
          ? OptionalDouble.empty()
          : OptionalDouble.of(given.toString().equals(label.toString()) ? 1 : 0);
    }
    if (!(label instanceof Tensor truth)) {
      return OptionalDouble.empty();
    }
    float[] a = Tensors.floats(values);
    float[] b = Tensors.floats(truth);
    if (a.length != b.length) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double error = (double) a[i] - b[i];
      sum += error * error;
    }
    return OptionalDouble.of(sum / a.length);
  }
}
