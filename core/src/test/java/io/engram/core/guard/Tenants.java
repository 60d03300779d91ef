package io.engram.core.guard;

import io.engram.core.guard.Rules.Inputs;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.Arrays;
import java.util.List;

/** Tenants of a guard that is put to the test: ten honest ones, whose features and labels are about 0, and others. */
final class Tenants {

  static final Rules RULES =
      Rules.of(Limits.USUAL, Inputs.SCALED, NetworkSpec.parse("input(2) dense(1) mse"), true);
  private static final int ROWS = 10;

  final Guard guard;
  private long arrived;

  Tenants(Rules rules) {
    this.guard = Guard.initial(rules);
  }

  /** Ten tenants take turns. */
  Tenants honest(int tasks) {
    for (int i = 0; i < tasks; i++) {
      send(ordinary("k" + arrived % 10, arrived));
    }
    return this;
  }

  Judgement send(Task task) {
    return send(task, RULES);
  }

  Judgement send(Task task, Rules rules) {
    Judgement judgement = guard.judge(task, new LogPosition(0, arrived), arrived, rules);
    arrived++;
    return judgement;
  }

  static Task ordinary(String key, long seed) {
    return scaled(key, seed, 1, 1);
  }

  /** An ordinary task with its features and its labels so many times as large. */
  static Task scaled(String key, long seed, double inputs, double labels) {
    RandomStream random = new RandomStream(seed);
    return task(key, numbers(random, 4 * ROWS, inputs), numbers(random, 2 * ROWS, labels));
  }

  static float[] numbers(RandomStream random, int count, double factor) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (factor * random.nextGaussian());
    }
    return numbers;
  }

  /** A task of twenty rows, half of them support. */
  static Task task(String key, float[] inputs, float[] labels) {
    return new Task("t", key, List.of(), half(inputs, labels, 0), half(inputs, labels, 1), 0);
  }

  private static ExampleSet half(float[] inputs, float[] labels, int which) {
    return new ExampleSet(
        2,
        Arrays.copyOfRange(inputs, which * inputs.length / 2, (which + 1) * inputs.length / 2),
        new Targets.Values(
            1,
            Arrays.copyOfRange(
                labels, which * labels.length / 2, (which + 1) * labels.length / 2)));
  }
}
