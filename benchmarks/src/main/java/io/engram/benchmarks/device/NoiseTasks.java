package io.engram.benchmarks.device;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.ArrayList;
import java.util.List;

/** Tasks that need no data set: uniform noise of unit variance, its classes in turn. */
final class NoiseTasks {

  private static final long ROOT = 14;

  /** Half the width of a uniform distribution of unit variance. */
  private static final double HALF_WIDTH = Math.sqrt(3);

  private final DeviceCase workload;
  private final int tasks;

  /**
   * Meta-batches.
   *
   * @param tasks in each of them
   */
  NoiseTasks(DeviceCase workload, int tasks) {
    this.workload = workload;
    this.tasks = tasks;
  }

  /** A new meta-batch, a function of its number. */
  List<Episode> batch(long number) {
    List<Episode> episodes = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      long seed = Seeds.derive(ROOT, Purpose.STREAM, number, i);
      RandomStream random = new RandomStream(seed);
      episodes.add(
          new Episode(set(workload.support(), random), set(workload.query(), random), seed));
    }
    return List.copyOf(episodes);
  }

  private ExampleSet set(int size, RandomStream random) {
    int width = workload.spec().input().size();
    float[] inputs = new float[size * width];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) ((2 * random.nextDouble() - 1) * HALF_WIDTH);
    }
    int[] classes = new int[size];
    for (int i = 0; i < size; i++) {
      classes[i] = i % workload.ways();
    }
    return new ExampleSet(width, inputs, new Targets.Classes(workload.ways(), classes));
  }
}
