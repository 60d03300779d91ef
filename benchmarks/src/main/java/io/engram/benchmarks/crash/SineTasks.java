package io.engram.benchmarks.crash;

import io.engram.core.random.RandomStream;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import java.time.Instant;
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
    long first = number * EXAMPLES;
    return Wire.task()
        .encode(
            new Task(
                "sine#" + number,
                "sine",
                number,
                ClosedBy.SIZE,
                Instant.ofEpochMilli(number),
                List.of(),
                half(amplitude, phase, random),
                half(amplitude, phase, random),
                0,
                first,
                first + EXAMPLES - 1));
  }

  private static ExampleBlock half(double amplitude, double phase, RandomStream random) {
    int count = EXAMPLES / 2;
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (RANGE * (2 * random.nextDouble() - 1));
      y[i] = (float) (amplitude * StrictMath.sin(x[i] - phase));
    }
    return new ExampleBlock(Tensors.float32(x, count, 1), Tensors.float32(y, count, 1));
  }
}
