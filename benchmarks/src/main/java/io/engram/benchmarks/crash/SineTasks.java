package io.engram.benchmarks.crash;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.model.TaskCodec;
import java.util.List;

/** Waves {@code y = a·sin(x − b)} (Finn et al. 2017) as records of {@code tasks}, each a function of its number. */
public final class SineTasks {

  /** Examples in a task, half of them support. */
  static final int EXAMPLES = 20;

  private static final double SMALLEST_AMPLITUDE = 0.1;
  private static final double LARGEST_AMPLITUDE = 5.0;
  private static final double RANGE = 5.0;

  private SineTasks() {}

  /** The record of the task with this number. */
  public static byte[] record(long number) {
    RandomStream random = new RandomStream(number);
    double amplitude =
        SMALLEST_AMPLITUDE + (LARGEST_AMPLITUDE - SMALLEST_AMPLITUDE) * random.nextDouble();
    double phase = Math.PI * random.nextDouble();
    Task task =
        new Task(
            "sine#" + number,
            "sine",
            List.of(),
            half(amplitude, phase, random),
            half(amplitude, phase, random),
            number);
    return TaskCodec.encode(task, number, number * EXAMPLES);
  }

  private static ExampleSet half(double amplitude, double phase, RandomStream random) {
    int count = EXAMPLES / 2;
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (RANGE * (2 * random.nextDouble() - 1));
      y[i] = (float) (amplitude * StrictMath.sin(x[i] - phase));
    }
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }
}
