package io.engram.ingest.domain;

import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What all examples of one task have in common; its first example sets it.
 *
 * @param featureShape of one example; a single number has shape [1]
 * @param outputs numbers in a regression's label; 0 for classes
 */
public record TaskSignature(List<Integer> featureShape, int outputs) {

  static TaskSignature of(LabeledExample example) {
    return new TaskSignature(
        featureShape(example.getFeatures()),
        example.getLabel() instanceof Tensor values ? outputs(values) : 0);
  }

  static List<Integer> featureShape(Tensor features) {
    List<Integer> shape = features.getShape();
    return shape.isEmpty() ? List.of(1) : shape;
  }

  /** Why an example cannot stand beside the task's first; empty if it can. */
  Optional<Refusal> refuses(LabeledExample example) {
    TaskSignature other = of(example);
    if (!featureShape.equals(other.featureShape)) {
      return refusal(
          Category.FEATURE_SHAPE,
          "features have shape %s, the task's first example has %s"
              .formatted(other.featureShape, featureShape));
    }
    if ((outputs == 0) != (other.outputs == 0)) {
      return refusal(
          Category.LABEL_KIND,
          "the label is %s, the task's first example has %s"
              .formatted(kind(other.outputs), kind(outputs)));
    }
    if (outputs != other.outputs) {
      return refusal(
          Category.LABEL_SHAPE,
          "the label has %d numbers, the task's first example has %d"
              .formatted(other.outputs, outputs));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refusal(Category category, String reason) {
    return Optional.of(new Refusal(category, reason));
  }

  private static String kind(int outputs) {
    return outputs == 0 ? "a class" : "a tensor of numbers";
  }

  private static int outputs(Tensor label) {
    return label.getShape().isEmpty() ? 1 : label.getShape().get(0);
  }
}
