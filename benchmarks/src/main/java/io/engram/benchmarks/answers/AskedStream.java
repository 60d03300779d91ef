package io.engram.benchmarks.answers;

import io.engram.core.random.RandomStream;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Tensor;

/**
 * Keys whose examples have columns and one of two classes: on which side of a plane of the key's own they lie. The planes are kin.
 *
 * @param keys how many
 * @param columns of an example
 */
record AskedStream(int keys, int columns, long seed) {

  private static final double KINSHIP = 0.6;

  /** An example of a key. */
  record Drawn(String key, Tensor features, String label) {}

  /** The {@code number}-th example of the whole stream, of this key. */
  Drawn draw(int key, long number) {
    RandomStream all = new RandomStream(seed);
    RandomStream own = new RandomStream(seed ^ (0x9E3779B97F4A7C15L * (key + 1)));
    RandomStream example = new RandomStream(seed ^ (0xC2B2AE3D27D4EB4FL * (number + 1)));
    float[] features = new float[columns];
    double side = 0;
    for (int i = 0; i < columns; i++) {
      double plane = all.nextGaussian() + KINSHIP * own.nextGaussian();
      features[i] = (float) example.nextGaussian();
      side += plane * features[i];
    }
    return new Drawn(name(key), Tensors.float32(features, columns), side > 0 ? "above" : "below");
  }

  String name(int key) {
    return "key-" + key;
  }
}
