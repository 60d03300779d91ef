package io.engram.core.task;

/**
 * Labelled examples, flat and row-major. Arrays are shared, not copied: never write into them.
 *
 * @param inputSize floats per example
 * @param inputs [size × inputSize]; an image is channels first (see {@link io.engram.core.network.Shape.Image})
 * @param targets one per example
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the compute port
public record ExampleSet(int inputSize, float[] inputs, Targets targets) {

  public ExampleSet {
    if (inputSize < 1 || inputs.length != (long) inputSize * targets.size()) {
      throw new IllegalArgumentException(
          "%d input floats do not make %d examples of %d"
              .formatted(inputs.length, targets.size(), inputSize));
    }
  }

  /** Number of examples. */
  public int size() {
    return targets.size();
  }
}
