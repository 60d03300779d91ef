package io.engram.ingest.domain;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;

/** What an example needs in a task, at 4 bytes a number. */
final class ExampleBytes {

  private ExampleBytes() {}

  static long inTask(LabeledExample example) {
    long features = 4L * Tensors.elements(example.getFeatures().getShape());
    long label =
        example.getLabel() instanceof Tensor values
            ? 4L * Tensors.elements(values.getShape())
            : 8L + 3L * example.getLabel().toString().length();
    return features + label;
  }
}
