package io.engram.learner;

import io.engram.core.random.RandomStream;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import java.time.Instant;
import java.util.List;

/** Sinusoid tasks on the wire, each a function of its number. */
public final class Tasks {

  public static final int EXAMPLES = 20;

  private Tasks() {}

  public static byte[] sinusoid(int number) {
    return sinusoid(number, EXAMPLES / 2);
  }

  /**
   * A task of another size.
   *
   * @param half examples to adapt on, and as many to be judged on
   */
  public static byte[] sinusoid(int number, int half) {
    RandomStream random = new RandomStream(number);
    double amplitude = 0.1 + 4.9 * random.nextDouble();
    double phase = Math.PI * random.nextDouble();
    Task task =
        new Task(
            "sine#" + number,
            "sine",
            (long) number,
            ClosedBy.SIZE,
            Instant.ofEpochMilli(1_000_000L + number),
            List.of(),
            examples(half, amplitude, phase, random),
            examples(half, amplitude, phase, random),
            0,
            (long) number * EXAMPLES,
            (long) number * EXAMPLES + EXAMPLES - 1);
    return Wire.task().encode(task);
  }

  /** A task with labels a million times as large, of a key of its own. */
  public static byte[] absurd(int number) {
    RandomStream random = new RandomStream(number);
    Task task =
        new Task(
            "absurd#" + number,
            "evil",
            (long) number,
            ClosedBy.SIZE,
            Instant.ofEpochMilli(1_000_000L + number),
            List.of(),
            examples(EXAMPLES / 2, 1e6, 0, random),
            examples(EXAMPLES / 2, 1e6, 0, random),
            0,
            (long) number * EXAMPLES,
            (long) number * EXAMPLES + EXAMPLES - 1);
    return Wire.task().encode(task);
  }

  private static ExampleBlock examples(
      int count, double amplitude, double phase, RandomStream random) {
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (10 * random.nextDouble() - 5);
      y[i] = (float) (amplitude * StrictMath.sin(x[i] - phase));
    }
    return new ExampleBlock(Tensors.float32(x, count, 1), Tensors.float32(y, count, 1));
  }
}
