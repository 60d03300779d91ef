package io.engram.core.learning;

import io.engram.core.task.Episode;
import io.engram.core.task.Task;
import java.util.List;

/** Makes episodes of tasks as they came, to score and to predict. */
public final class Episodes {

  private final LabelSpace space;

  public Episodes(LabelSpace space) {
    this.space = space;
  }

  /** The task with its own split; per-task classes keep the task's order. */
  public Episode asArrived(Task task, LabelDictionary labels, Scales scales, long seed) {
    int ways = space == LabelSpace.GLOBAL ? labels.size() : task.classes().size();
    Visit visit =
        new Visit(task, ways, outputs(space, task, labels), scales.inputs(), scales.targets());
    EpisodeSplit split = EpisodeSplit.asArrived(task);
    return visit.episode(split.support(), split.query(), seed);
  }

  /** The output of each of the task's classes where they are not drawn. */
  public static int[] outputs(LabelSpace space, Task task, LabelDictionary labels) {
    List<String> classes = task.classes();
    if (space == LabelSpace.GLOBAL) {
      return labels.indices(classes);
    }
    int[] identity = new int[classes.size()];
    for (int i = 0; i < identity.length; i++) {
      identity[i] = i;
    }
    return identity;
  }
}
