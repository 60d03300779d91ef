package io.engram.ingest.boundary;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;

/**
 * What is looked at of an example.
 *
 * @param sketch of its features
 * @param label the class as a number, or 0
 * @param target the first number of a regression's label; NaN for a class
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Observation(float[] sketch, int label, double target) {

  static Observation of(LabeledExample example) {
    float[] sketch = Sketch.of(Tensors.floats(example.getFeatures()));
    return example.getLabel() instanceof Tensor values
        ? new Observation(sketch, 0, Tensors.floats(values)[0])
        : new Observation(sketch, example.getLabel().toString().hashCode(), Double.NaN);
  }
}
