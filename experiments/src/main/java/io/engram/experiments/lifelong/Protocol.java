package io.engram.experiments.lifelong;

import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream of tasks on MNIST that is passed once, in order (Lopez-Paz &amp; Ranzato 2017 for the tasks, Riemer et al. 2019 for the
 * sizes).
 */
enum Protocol {
  /** Task t turns its digits by an angle drawn uniformly from [t, t+1)·9°. */
  ROTATIONS(0, "rotations", 20, 1000, 200),
  /** Every task permutes the pixels in its own way. */
  PERMUTATIONS(1, "permutations", 20, 1000, 200),
  /** The same with many short tasks. */
  MANY_PERMUTATIONS(2, "many-permutations", 100, 200, 500);

  /** Part of every stream's seed. */
  final int number;

  final String label;
  final int tasks;
  final int examplesPerTask;
  final int memory;

  Protocol(int number, String label, int tasks, int examplesPerTask, int memory) {
    this.number = number;
    this.label = label;
    this.tasks = tasks;
    this.examplesPerTask = examplesPerTask;
    this.memory = memory;
  }

  int examples() {
    return tasks * examplesPerTask;
  }

  /** How each task shows its digits. */
  List<PixelMap> maps(RandomStream random) {
    List<PixelMap> maps = new ArrayList<>(tasks);
    for (int t = 0; t < tasks; t++) {
      maps.add(
          this == ROTATIONS
              ? PixelMap.rotation((t + random.nextDouble()) * 180 / tasks)
              : PixelMap.permutation(random));
    }
    return maps;
  }
}
