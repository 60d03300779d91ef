package io.engram.benchmarks.crash;

import io.engram.core.random.RandomStream;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import java.time.Instant;
import java.util.List;

/** Four classes of noisy points whose centres change every hundred tasks and come back, as records of {@code tasks}, each a function of its number. */
final class ChangingClasses {

  static final int INPUTS = 12;
  static final List<String> CLASSES = List.of("a", "b", "c", "d");

  private static final long TASKS_OF_A_LOOK = 100;
  private static final int LOOKS = 3;
  private static final double NOISE = 0.3;

  private ChangingClasses() {}

  /** The record of the task with this number. */
  static byte[] record(long number) {
    RandomStream random = new RandomStream(number);
    int look = (int) (number / TASKS_OF_A_LOOK % LOOKS);
    long first = number * SineTasks.EXAMPLES;
    return Wire.task()
        .encode(
            new Task(
                "classes#" + number,
                "classes",
                number,
                ClosedBy.SIZE,
                Instant.ofEpochMilli(number),
                CLASSES,
                half(look, random),
                half(look, random),
                0,
                first,
                first + SineTasks.EXAMPLES - 1));
  }

  private static ExampleBlock half(int look, RandomStream random) {
    int count = SineTasks.EXAMPLES / 2;
    int[] labels = new int[count];
    float[] features = new float[count * INPUTS];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(CLASSES.size());
      for (int j = 0; j < INPUTS; j++) {
        int centre = CLASSES.size() * look + labels[i];
        features[i * INPUTS + j] =
            (float) (NOISE * random.nextGaussian() + (j == centre ? 1.5 : 0));
      }
    }
    return new ExampleBlock(Tensors.float32(features, count, INPUTS), Tensors.int32(labels, count));
  }
}
