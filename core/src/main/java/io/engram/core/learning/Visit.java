package io.engram.core.learning;

import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;

/** Gathers chosen examples of a task into an episode, scaled, with the labels of this visit. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Visit(Task task, int ways, int[] labels, Scale inputs, Scale targets) {

  /** Examples are numbered through the support set and on through the query set. */
  public Episode episode(int[] support, int[] query, long seed) {
    return new Episode(gather(support), gather(query), seed);
  }

  private ExampleSet gather(int[] chosen) {
    int size = task.support().inputSize();
    float[] gathered = new float[chosen.length * size];
    for (int i = 0; i < chosen.length; i++) {
      ExampleSet home = home(chosen[i]);
      inputs.row(home.inputs(), place(chosen[i]) * size, gathered, i * size);
    }
    return new ExampleSet(size, gathered, targets(chosen));
  }

  private Targets targets(int[] chosen) {
    if (task.support().targets() instanceof Targets.Values values) {
      return values(chosen, values.width());
    }
    int[] classes = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      Targets.Classes home = (Targets.Classes) home(chosen[i]).targets();
      classes[i] = labels[home.classes()[place(chosen[i])]];
    }
    return new Targets.Classes(ways, classes);
  }

  private Targets values(int[] chosen, int width) {
    float[] gathered = new float[chosen.length * width];
    for (int i = 0; i < chosen.length; i++) {
      Targets.Values home = (Targets.Values) home(chosen[i]).targets();
      targets.row(home.values(), place(chosen[i]) * width, gathered, i * width);
    }
    return new Targets.Values(width, gathered);
  }

  private ExampleSet home(int example) {
    return example < task.support().size() ? task.support() : task.query();
  }

  private int place(int example) {
    return example < task.support().size() ? example : example - task.support().size();
  }
}
