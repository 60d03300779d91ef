package io.engram.core.learning;

import io.engram.core.guard.Past;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import org.jspecify.annotations.Nullable;

/** How inputs and targets are scaled at one moment of the stream. Classes are never scaled. */
public record Scales(Scale inputs, Scale targets) {

  /** The running scales as they stand; null where there is none. */
  public static Scales of(
      int inputSize, int outputs, @Nullable RunningScale inputs, @Nullable RunningScale targets) {
    return new Scales(
        inputs == null ? Scale.identity(inputSize) : inputs.freezeForInputs(),
        targets == null ? Scale.identity(outputs) : targets.freezeForTargets());
  }

  /** For tasks from before everything changed: columns that were other ones then are scaled as they were. */
  public Scales before(Past past) {
    return new Scales(before(inputs, past.inputs()), before(targets, past.labels()));
  }

  private static Scale before(Scale now, Past.@Nullable Change change) {
    if (change == null || now.shift().length != change.before().mean().length) {
      return now; // features taken as they are have one yardstick for all columns
    }
    float[] shift = now.shift().clone();
    float[] deviation = now.deviation().clone();
    for (int j = 0; j < shift.length; j++) {
      if (change.of(j)) {
        double was = change.before().deviation(j);
        shift[j] = (float) change.before().mean()[j];
        deviation[j] = was > 0 ? (float) was : 1;
      }
    }
    return new Scale(shift, deviation, now.limit());
  }

  static void addSupport(Task task, @Nullable RunningScale inputs, @Nullable RunningScale targets) {
    add(task.support(), inputs, targets);
  }

  static void addQuery(Task task, @Nullable RunningScale inputs, @Nullable RunningScale targets) {
    add(task.query(), inputs, targets);
  }

  private static void add(
      ExampleSet examples, @Nullable RunningScale inputs, @Nullable RunningScale targets) {
    if (inputs != null) {
      inputs.add(examples.inputs());
    }
    if (targets != null && examples.targets() instanceof Targets.Values values) {
      targets.add(values.values());
    }
  }
}
