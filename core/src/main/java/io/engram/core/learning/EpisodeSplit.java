package io.engram.core.learning;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.Arrays;

/**
 * Which examples of a task are support and which query at one visit, numbered through the support set and on through the query
 * set.
 */
@SuppressWarnings("ArrayRecordComponent") // package-private and never compared
public record EpisodeSplit(int[] support, int[] query) {

  /** As the task came: for scoring. */
  public static EpisodeSplit asArrived(Task task) {
    return new EpisodeSplit(
        range(0, task.support().size()), range(task.support().size(), task.examples()));
  }

  /** Everything is support: for Reptile, whose displacement needs no query set. */
  public static EpisodeSplit allSupport(Task task) {
    return new EpisodeSplit(range(0, task.examples()), new int[0]);
  }

  /**
   * A fresh split with as many support examples as the task came with; for per-task classes, as many of each class, and at most
   * {@code queriesPerClass} queries of each (0: all that are left).
   */
  public static EpisodeSplit reshuffled(
      Task task, boolean byClass, int queriesPerClass, RandomStream random) {
    int[] order = random.permutation(task.examples());
    if (!byClass) {
      int support = task.support().size();
      return new EpisodeSplit(
          Arrays.copyOf(order, support), Arrays.copyOfRange(order, support, order.length));
    }
    return byClass(task, order, queriesPerClass);
  }

  private static EpisodeSplit byClass(Task task, int[] order, int queriesPerClass) {
    int[] supportLeft = new int[task.classes().size()];
    for (int c : ((Targets.Classes) task.support().targets()).classes()) {
      supportLeft[c]++;
    }
    int[] queriesLeft = new int[supportLeft.length];
    Arrays.fill(queriesLeft, queriesPerClass == 0 ? Integer.MAX_VALUE : queriesPerClass);
    int[] support = new int[task.support().size()];
    int[] query = new int[task.query().size()];
    int supports = 0;
    int queries = 0;
    for (int example : order) {
      int c = classOf(task, example);
      if (supportLeft[c]-- > 0) {
        support[supports++] = example;
      } else if (queriesLeft[c]-- > 0) {
        query[queries++] = example;
      }
    }
    return new EpisodeSplit(support, Arrays.copyOf(query, queries));
  }

  private static int classOf(Task task, int example) {
    ExampleSet support = task.support();
    return example < support.size()
        ? ((Targets.Classes) support.targets()).classes()[example]
        : ((Targets.Classes) task.query().targets()).classes()[example - support.size()];
  }

  private static int[] range(int from, int to) {
    int[] range = new int[to - from];
    for (int i = 0; i < range.length; i++) {
      range[i] = from + i;
    }
    return range;
  }
}
