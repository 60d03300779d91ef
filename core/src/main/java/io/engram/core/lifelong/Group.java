package io.engram.core.lifelong;

import io.engram.core.continual.ContinualState;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.task.Episode;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The group that is filling: its tasks, and the label space, scales and positions as they become with each arrival. Working copies; the
 * state they started from is untouched until the group's outcome is applied.
 */
final class Group {

  private static final float LARGEST_SURPRISE = 10f;

  private final LifelongSettings settings;
  private final LifelongState before;
  private final LabelDictionary labels;
  private final @Nullable RunningScale inputScale;
  private final @Nullable RunningScale targetScale;
  private final Map<Integer, Long> nextOffsets;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<float[]> targetDeviations = new ArrayList<>();
  private final List<TaskScore> scores = new ArrayList<>();
  private long refused;

  Group(LifelongSettings settings, LifelongState before) {
    this.settings = settings;
    this.before = before;
    this.labels = new LabelDictionary(settings.network().outputs(), before.labels());
    this.inputScale = before.inputScale() == null ? null : before.inputScale().copy();
    this.targetScale = before.targetScale() == null ? null : before.targetScale().copy();
    this.nextOffsets = new HashMap<>(before.progress().nextOffsets());
  }

  LabelDictionary labels() {
    return labels;
  }

  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  boolean full() {
    return arrivals.size() == settings.groupSize();
  }

  boolean seen(LogPosition position) {
    return position.offset() < nextOffsets.getOrDefault(position.partition(), 0L);
  }

  void pass(LogPosition position) {
    move(position);
    refused++;
  }

  /** Takes a task in; its support set is known at prediction time, so it counts towards the scales at once. */
  void join(Task task, LogPosition position, int bytes, Function<Scales, Episode> scoring) {
    if (full()) {
      throw new IllegalStateException("the group is complete; decide and apply it first");
    }
    move(position);
    if (settings.labelSpace() == LabelSpace.GLOBAL) {
      labels.indices(task.classes());
    }
    Scales.addSupport(task, inputScale, targetScale);
    Scales scales = learningScales();
    arrivals.add(new Arrival(task, position, bytes, scoring.apply(scales)));
    targetDeviations.add(scales.targets().deviation());
  }

  Scales learningScales() {
    return Scales.of(
        settings.network().input().size(), settings.network().outputs(), inputScale, targetScale);
  }

  List<Arrival> unscored() {
    return List.copyOf(arrivals.subList(scores.size(), arrivals.size()));
  }

  List<float[]> unscoredDeviations() {
    return targetDeviations.subList(scores.size(), targetDeviations.size());
  }

  void scored(List<TaskScore> more) {
    scores.addAll(more);
  }

  long refused() {
    return refused;
  }

  List<TaskScore> scores() {
    return List.copyOf(scores);
  }

  /** The group's tasks as they are offered to a memory that has been offered {@code arrivedBefore} tasks. */
  List<Offer> offers(long arrivedBefore) {
    List<Offer> offers = new ArrayList<>(arrivals.size());
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      offers.add(
          new Offer(
              arrival.position(),
              arrival.task().key(),
              arrival.task().classes(),
              arrivedBefore + i,
              arrival.bytes(),
              surprise(arrival.task(), scores.get(i))));
    }
    return offers;
  }

  /** 1 − accuracy, or squared error against that of the untrained parameters; a task that went wrong is a surprise too. */
  private static float surprise(Task task, TaskScore score) {
    double surprise = task.classification() ? 1 - score.model() : score.model() / score.untrained();
    return surprise >= 0 && surprise < LARGEST_SURPRISE ? (float) surprise : LARGEST_SURPRISE;
  }

  GroupOutcome outcome(
      List<Offer> offers,
      List<Admission> admissions,
      MetaState meta,
      ContinualState stream,
      HeldOut heldOut,
      List<MetaStep> steps) {
    RunningScale inputs = inputScale == null ? null : inputScale.copy();
    RunningScale targets = targetScale == null ? null : targetScale.copy();
    arrivals.forEach(arrival -> Scales.addQuery(arrival.task(), inputs, targets));
    return new GroupOutcome(
        arrivals,
        scores,
        offers,
        admissions,
        meta,
        stream,
        heldOut,
        labels.names(),
        inputs,
        targets,
        progress(),
        steps);
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
        last.groups() + 1,
        last.tasks() + arrivals.size(),
        examples,
        last.refused() + refused,
        newest);
  }

  private void move(LogPosition position) {
    nextOffsets.put(position.partition(), position.offset() + 1);
  }
}
