package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.guard.Case;
import io.engram.core.guard.Guard;
import io.engram.core.guard.Judgement;
import io.engram.core.guard.Past;
import io.engram.core.guard.Yardstick;
import io.engram.core.task.Episode;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The group that is filling: its tasks and scores, and the label space, scales and positions as they become with each arrival. Working
 * copies; the state they started from is untouched until the group's outcome is applied.
 */
public final class Group {

  private final LifelongSettings settings;
  private final Standing before;
  private final LabelDictionary labels;
  private final Guard guard;
  private @Nullable RunningScale inputScale;
  private @Nullable RunningScale targetScale;
  private final Map<Integer, Long> nextOffsets;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<float[]> targetDeviations = new ArrayList<>();
  private final List<TaskScore> scores = new ArrayList<>();
  private long refused;
  private boolean ended;

  Group(LifelongSettings settings, Standing before) {
    this.settings = settings;
    this.before = before;
    this.labels = new LabelDictionary(settings.network().outputs(), before.labels());
    this.inputScale = before.inputScale() == null ? null : before.inputScale().copy();
    this.targetScale = before.targetScale() == null ? null : before.targetScale().copy();
    this.guard = before.guard().copy();
    this.nextOffsets = new HashMap<>(before.progress().nextOffsets());
  }

  /** The label space with what the group brought. */
  public LabelDictionary labels() {
    return labels;
  }

  /** Its tasks so far, oldest first. */
  public List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** Whether it has all its tasks: as many as a group has, or those that came before a source ended. */
  boolean complete() {
    return ended || arrivals.size() == settings.groupSize();
  }

  boolean seen(LogPosition position) {
    return position.offset() < nextOffsets.getOrDefault(position.partition(), 0L);
  }

  void end(LogPosition position) {
    pass(position);
    ended = true;
  }

  void refuse(LogPosition position) {
    pass(position);
    refused++;
  }

  /** Takes a task in; its support set is known at prediction time, so it counts towards the scales at once. */
  void join(Task task, LogPosition position, int bytes, Function<Scales, Episode> scoring) {
    if (complete()) {
      throw new IllegalStateException("the group is complete; decide and apply it first");
    }
    LogPosition place = place(position);
    pass(position);
    if (settings.labelSpace() == LabelSpace.GLOBAL) {
      labels.indices(task.classes());
    }
    Judgement judgement = guard.judge(task, position, arrivedBefore(), settings.rules());
    count(task, judgement);
    Scales scales = learningScales();
    arrivals.add(new Arrival(task, position, place, bytes, scoring.apply(scales), judgement));
    targetDeviations.add(scales.targets().deviation());
  }

  /** What stands for the next task in its random draws. */
  LogPosition place(LogPosition position) {
    return settings.basics().drawBy().place(position, arrivedBefore());
  }

  private long arrivedBefore() {
    return before.progress().tasks() + arrivals.size();
  }

  /** A support set that is believed counts towards the scales; what is ordinary from now on is what they begin anew with. */
  private void count(Task task, Judgement judgement) {
    boolean inputsAnew = inputScale != null && judgement.inputsRenewed();
    boolean targetsAnew = targetScale != null && judgement.labelsRenewed();
    if (judgement.learned()) {
      Scales.addSupport(task, inputsAnew ? null : inputScale, targetsAnew ? null : targetScale);
    }
    inputScale = inputsAnew ? anew(guard.inputs()) : inputScale;
    targetScale = targetsAnew ? anew(guard.labels()) : targetScale;
  }

  private static @Nullable RunningScale anew(@Nullable Yardstick yardstick) {
    return yardstick == null ? null : RunningScale.of(yardstick.sums());
  }

  /**
   * What a remembered task is scaled by: what everything is, or was when it came; nothing where that is not known any more, or where it would
   * be kept out if it came now.
   *
   * @param arrival tasks that had come before it
   */
  public Optional<Scales> scalesOf(Task task, long arrival) {
    Past past = guard.past();
    if (past != null && arrival < past.until()) {
      return past.has(arrival) ? Optional.of(learningScales().before(past)) : Optional.empty();
    }
    return guard.absurdNow(task, settings.rules())
        ? Optional.empty()
        : Optional.of(learningScales());
  }

  /** The scales with what is known of the group. */
  public Scales learningScales() {
    return Scales.of(
        settings.network().input().size(), settings.network().outputs(), inputScale, targetScale);
  }

  /** Tasks that have no score yet, oldest first. */
  public List<Arrival> unscored() {
    return List.copyOf(arrivals.subList(scores.size(), arrivals.size()));
  }

  /** For each of those, what its regression targets are divided by. */
  public List<float[]> unscoredDeviations() {
    return targetDeviations.subList(scores.size(), targetDeviations.size());
  }

  /** Gives the oldest tasks without a score theirs. */
  public void scored(List<TaskScore> more) {
    scores.addAll(more);
  }

  long refused() {
    return refused;
  }

  /** Scores of those tasks that have one, oldest first. */
  public List<TaskScore> scores() {
    return List.copyOf(scores);
  }

  /**
   * The group as it is handed over, its query sets counted to the scales too; one without tasks is no group more. Leaves the working copies as
   * they are.
   */
  public ClosedGroup close() {
    return close(List.of());
  }

  /**
   * The same, with what turned out while it was learned from.
   *
   * @param diverged tasks of it that went wrong
   */
  public ClosedGroup close(List<Case> diverged) {
    RunningScale inputs = inputScale == null ? null : inputScale.copy();
    RunningScale targets = targetScale == null ? null : targetScale.copy();
    for (Arrival arrival : arrivals) {
      if (arrival.believed()) {
        Scales.addQuery(arrival.task(), inputs, targets);
      }
    }
    Guard after = guard.copy();
    diverged.forEach(after::quarantine);
    return new ClosedGroup(
        arrivals,
        scores,
        labels.names(),
        inputs,
        targets,
        progress(),
        after,
        quarantined(diverged));
  }

  private List<Case> quarantined(List<Case> diverged) {
    List<Case> all = new ArrayList<>(diverged);
    arrivals.forEach(arrival -> arrival.judgement().quarantined().ifPresent(all::add));
    return all;
  }

  private Progress progress() {
    Progress last = before.progress();
    long examples = last.examples();
    long newest = last.newestTaskAt();
    for (Arrival arrival : arrivals) {
      examples += arrival.task().examples();
      newest = Math.max(newest, arrival.task().closedAt());
    }
    return new Progress(
        nextOffsets,
        last.groups() + (arrivals.isEmpty() ? 0 : 1),
        last.tasks() + arrivals.size(),
        examples,
        last.refused() + refused,
        newest);
  }

  void pass(LogPosition position) {
    nextOffsets.put(position.partition(), position.offset() + 1);
  }
}
