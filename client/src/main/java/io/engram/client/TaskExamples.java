package io.engram.client;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Examples of a task of the log, as a user would have them. */
final class TaskExamples {

  private TaskExamples() {}

  /** Those of some of its sets, one behind the other. */
  static SupportSet of(Task task, List<ExampleSet> sets) {
    List<float[]> features = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (ExampleSet set : sets) {
      features.addAll(rows(set.inputs(), set.inputSize()));
      if (set.targets() instanceof Targets.Classes classes) {
        for (int label : classes.classes()) {
          labels.add(task.classes().get(label));
        }
      } else if (set.targets() instanceof Targets.Values values) {
        targets.addAll(rows(values.values(), values.width()));
      }
    }
    return labels.isEmpty()
        ? new SupportSet.Measured(features, targets)
        : new SupportSet.Labeled(features, labels);
  }

  private static List<float[]> rows(float[] flat, int width) {
    List<float[]> rows = new ArrayList<>();
    for (int at = 0; at < flat.length; at += width) {
      rows.add(Arrays.copyOfRange(flat, at, at + width));
    }
    return rows;
  }
}
