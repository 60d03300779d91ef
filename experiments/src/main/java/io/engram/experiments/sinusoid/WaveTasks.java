package io.engram.experiments.sinusoid;

import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;

/**
 * Sine waves {@code y = A·sin(x − φ)} with A uniform in [0.1, 5] and φ in [0, π], seen at points uniform in [−5, 5] (Finn et al. 2017,
 * section 5.1).
 */
final class WaveTasks {

  private WaveTasks() {}

  /** One wave, a function of the seed. */
  static Episode draw(int shots, int queries, long seed) {
    RandomStream random = new RandomStream(seed);
    double amplitude = 0.1 + 4.9 * random.nextDouble();
    double phase = Math.PI * random.nextDouble();
    return new Episode(
        points(shots, amplitude, phase, random),
        points(queries, amplitude, phase, random),
        random.nextLong());
  }

  private static ExampleSet points(int count, double amplitude, double phase, RandomStream random) {
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (10 * random.nextDouble() - 5);
      y[i] = (float) (amplitude * StrictMath.sin(x[i] - phase));
    }
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }
}
