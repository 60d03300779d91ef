package io.engram.core.lifelong;

import io.engram.core.compute.MetaRule;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.Task;
import java.util.List;

/** Makes episodes of tasks: as they came, to score; freshly split, ordered and labelled, to learn from. */
final class Episodes {

  private final LifelongSettings settings;

  Episodes(LifelongSettings settings) {
    this.settings = settings;
  }

  /** The task with its own split; per-task classes keep the task's order. */
  Episode forScoring(Task task, LabelDictionary labels, Scales scales, long seed) {
    int ways = settings.labelSpace() == LabelSpace.GLOBAL ? labels.size() : task.classes().size();
    Visit visit = new Visit(task, ways, ownLabels(task, labels), scales.inputs(), scales.targets());
    EpisodeSplit split = EpisodeSplit.asArrived(task);
    return visit.episode(split.support(), split.query(), seed);
  }

  /** A training visit, all of whose choices follow from {@code seed}. */
  Episode forLearning(Task task, LabelDictionary labels, Scales scales, long seed) {
    RandomStream random = new RandomStream(seed);
    boolean perTask = task.classification() && settings.labelSpace() == LabelSpace.PER_TASK;
    int[] names = perTask ? random.permutation(task.classes().size()) : ownLabels(task, labels);
    int ways = perTask ? names.length : labels.size();
    EpisodeSplit split =
        settings.meta().rule() == MetaRule.REPTILE
            ? EpisodeSplit.allSupport(task)
            : EpisodeSplit.reshuffled(task, perTask, settings.trainQueries(), random);
    return new Visit(task, ways, names, scales.inputs(), scales.targets())
        .episode(split.support(), split.query(), random.nextLong());
  }

  private int[] ownLabels(Task task, LabelDictionary labels) {
    List<String> classes = task.classes();
    if (settings.labelSpace() == LabelSpace.GLOBAL) {
      return labels.indices(classes);
    }
    int[] identity = new int[classes.size()];
    for (int i = 0; i < identity.length; i++) {
      identity[i] = i;
    }
    return identity;
  }
}
