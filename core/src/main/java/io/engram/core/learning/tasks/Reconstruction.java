package io.engram.core.learning.tasks;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.guard.Guard;
import io.engram.core.learning.HeldOutTasks;
import io.engram.core.learning.LabelDictionary;
import io.engram.core.learning.Progress;
import io.engram.core.learning.RunningScale;
import io.engram.core.learning.Standing;
import io.engram.core.learning.TaskCheck;
import io.engram.core.learning.TaskExamination;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.Offer;
import io.engram.core.memory.Remembered;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.Moments;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a learner of tasks together again from a published version and the part of the log that the version had learned from. θ, α, label
 * space and scales are the version's. The memory is what the same offers would have left: for policies that rank by the task alone, all
 * but surprise, exactly what was lost, as far as the log reaches back. The optimiser's moments and the scores begin anew.
 */
public final class Reconstruction {

  private final TaskSettings settings;
  private final Inheritance inheritance;
  private final EpisodicMemory memory;
  private final TaskCheck check;
  private final Guard guard;
  private final LabelDictionary labels;
  private final Map<Integer, Long> next = new HashMap<>();
  private HeldOutTasks heldOut = HeldOutTasks.NONE;
  private long tasks;
  private long examples;
  private long refused;

  public Reconstruction(TaskSettings settings, Inheritance inheritance) {
    this.settings = settings;
    this.inheritance = inheritance;
    this.memory = settings.memory().empty(settings.seed());
    this.check = new TaskCheck(settings.network());
    this.guard = Guard.initial(settings.rules());
    this.labels = new LabelDictionary(settings.network().outputs(), inheritance.model().labels());
  }

  /** Whether the version had learned from what stands there, and it was not shown yet. */
  public boolean lacks(LogPosition position) {
    return position.offset()
            < inheritance.past().nextOffsets().getOrDefault(position.partition(), 0L)
        && position.offset() >= next.getOrDefault(position.partition(), 0L);
  }

  /**
   * Offers a task of the log to the memory. What it says is carried out at once.
   *
   * @param bytes its size as it came
   */
  public Admission show(Task task, LogPosition position, int bytes) {
    if (check.refuse(task, settings.labelSpace(), labels).isPresent()) {
      refuse(position);
      return new Admission.Discarded();
    }
    pass(position);
    LogPosition place = settings.basics().drawBy().place(position, tasks);
    if (!guard.judge(task, position, tasks, settings.rules()).learned()) {
      passOver(task);
      return new Admission.Discarded();
    }
    if (settings.heldOut().holdsOut(place)) {
      holdOut(task, place);
      return new Admission.Discarded();
    }
    List<Offer> offer =
        List.of(new Offer(place, task.key(), task.classes(), tasks, bytes, inheritance.surprise()));
    List<Admission> admission = memory.decide(offer);
    memory.apply(offer, admission);
    tasks++;
    examples += task.examples();
    return admission.get(0);
  }

  private void holdOut(Task task, LogPosition place) {
    heldOut = settings.heldOut().with(heldOut, task, place, tasks);
    passOver(task);
  }

  /** One that is not offered. */
  private void passOver(Task task) {
    memory.passOver(1);
    tasks++;
    examples += task.examples();
  }

  /** Passes a record that is no task. */
  public void refuse(LogPosition position) {
    pass(position);
    refused++;
  }

  /** Passes what says that a source has ended. */
  public void pass(LogPosition position) {
    next.put(position.partition(), position.offset() + 1);
  }

  /** Tasks found in the log. */
  public long tasks() {
    return tasks;
  }

  /** The state to go on from. */
  public TaskState state() {
    long known = Math.max(inheritance.past().tasks(), tasks);
    long allExamples = tasks == 0 ? 0 : Math.round((double) examples / tasks * known);
    return new TaskState(
        meta(),
        settings.memory().restore(settings.seed(), agedBy(known - tasks), known),
        heldOut.after(known - tasks),
        TaskExamination.none(),
        new Standing(
            new PrequentialScores(settings.window()),
            inheritance.model().labels(),
            scale(inheritance.model().inputScale(), allExamples),
            scale(inheritance.model().targetScale(), allExamples),
            new Progress(
                inheritance.past().nextOffsets(),
                inheritance.past().groups(),
                known,
                allExamples,
                refused,
                inheritance.past().newestTaskAt()),
            guard));
  }

  private MetaState meta() {
    float[] theta = inheritance.model().theta();
    float[] alpha = inheritance.model().stepSizes();
    return new MetaState(
        theta,
        new Moments(theta.length),
        alpha,
        new Moments(alpha.length),
        inheritance.past().metaUpdates());
  }

  /** Tasks that had come before the log's beginning count to the arrivals too. */
  private Map<Integer, Remembered> agedBy(long earlier) {
    Map<Integer, Remembered> aged = memory.contents();
    aged.replaceAll(
        (slot, it) ->
            new Remembered(
                it.position(),
                it.group(),
                it.rank(),
                it.arrival() + earlier,
                it.bytes(),
                it.surprise()));
    return aged;
  }

  private static @Nullable RunningScale scale(
      Inheritance.@Nullable Columns columns, long examples) {
    return columns == null ? null : columns.toScale(Math.max(1, examples));
  }
}
