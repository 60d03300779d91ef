package io.engram.core.learning;

import io.engram.core.task.Episode;
import io.engram.core.task.Targets;
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

  /** A remembered task in a global label space, with its own split and nothing scaled. It shares no array with the task. */
  public static Episode remembered(Task task, LabelDictionary labels) {
    int width = task.support().targets() instanceof Targets.Values values ? values.width() : 1;
    Scales none = Scales.of(task.support().inputSize(), width, null, null);
    return new Episodes(LabelSpace.GLOBAL).asArrived(task, labels, none, 0);
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
