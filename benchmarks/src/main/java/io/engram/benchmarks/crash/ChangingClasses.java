package io.engram.benchmarks.crash;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.model.TaskCodec;
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
    Task task =
        new Task(
            "classes#" + number,
            "classes",
            CLASSES,
            half(look, random),
            half(look, random),
            number);
    return TaskCodec.encode(task, number, number * SineTasks.EXAMPLES);
  }

  private static ExampleSet half(int look, RandomStream random) {
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
    return new ExampleSet(INPUTS, features, new Targets.Classes(CLASSES.size(), labels));
  }
}
