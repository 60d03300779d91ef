package io.engram.core.guard;

import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides as tasks arrive which of them are learned from, and remembers what it needs for that: what is ordinary, whose tasks came lately, and
 * what was kept out. A function of the tasks it was shown, in their order. Part of the committed state: whoever goes on from one works on a
 * copy. Not thread-safe.
 */
public final class Guard {

  private final RecentKeys keys;
  private final @Nullable Yardstick inputs;
  private final @Nullable Yardstick labels;
  private Quarantine quarantine;
  private @Nullable Past past;

  Guard(
      RecentKeys keys,
      @Nullable Yardstick inputs,
      @Nullable Yardstick labels,
      Quarantine quarantine,
      @Nullable Past past) {
    this.keys = keys;
    this.inputs = inputs;
    this.labels = labels;
    this.quarantine = quarantine;
    this.past = past;
  }

  /** Before the first task. */
  public static Guard initial(Rules rules) {
    return new Guard(
        RecentKeys.none(),
        switch (rules.inputs()) {
          case SCALED, MEASURED -> new Yardstick(rules.inputColumns());
          case RAW -> new Yardstick(1);
        },
        rules.labelColumns() == 0 ? null : new Yardstick(rules.labelColumns()),
        Quarantine.NONE,
        null);
  }

  /** One that knows nothing and judges nothing but shares. */
  public static Guard blind() {
    return new Guard(RecentKeys.none(), null, null, Quarantine.NONE, null);
  }

  /**
   * What becomes of the next task.
   *
   * @param arrival tasks that had come before it
   */
  public Judgement judge(Task task, LogPosition position, long arrival, Rules rules) {
    long key = RecentKeys.tag(task.key());
    keys.arrived().add(key);
    ColumnSums inputsBefore = sums(inputs);
    ColumnSums labelsBefore = sums(labels);
    Sight input = rules.judges() ? look(inputs, inputs(task), rules.ofInputs(), key) : Sight.NONE;
    Sight label = rules.judges() ? look(labels, labels(task), rules.ofLabels(), key) : Sight.NONE;
    if (input.renewed() || label.renewed()) {
      past = new Past(since(), arrival, change(inputsBefore, inputs), change(labelsBefore, labels));
    }
    Optional<Case> kept = reason(task, position, rules, input, label);
    if (kept.isPresent()) {
      quarantine = quarantine.with(kept.get());
      return new Judgement(kept, input.renewed(), label.renewed());
    }
    keys.learned().add(key);
    if (!rules.judges()) {
      return new Judgement(Optional.empty(), false, false);
    }
    Set<Long> inputsLeft =
        input.renewed() ? Set.of() : believe(inputs, key, arrival, inputs(task), rules.ofInputs());
    Set<Long> labelsLeft =
        label.renewed() ? Set.of() : believe(labels, key, arrival, labels(task), rules.ofLabels());
    Optional<Case> early =
        early(task, position, inputsLeft.contains(arrival), labelsLeft.contains(arrival));
    early.ifPresent(this::quarantine);
    return new Judgement(
        early, input.renewed() || !inputsLeft.isEmpty(), label.renewed() || !labelsLeft.isEmpty());
  }

  /** A task that has to leave as soon as it has come, among the first. */
  private static Optional<Case> early(
      Task task, LogPosition position, boolean byInputs, boolean byLabels) {
    if (!byInputs && !byLabels) {
      return Optional.empty();
    }
    return Optional.of(
        new Case(
            task.key(),
            position,
            byLabels ? Cause.LABELS : Cause.FEATURES,
            "its %s lie far from those of all keys that came before it"
                .formatted(byLabels ? "labels" : "features")));
  }

  /**
   * What is seen of one side of a task.
   *
   * @param far null where nothing can be told
   * @param renewed whether it is what is ordinary from now on
   */
  private record Sight(@Nullable Far far, boolean renewed) {

    static final Sight NONE = new Sight(null, false);

    boolean absurd() {
      return far != null && far.absurd() && !renewed;
    }
  }

  private Sight look(@Nullable Yardstick yardstick, List<float[]> parts, Reach reach, long key) {
    Far far = yardstick == null ? null : yardstick.look(parts, reach);
    if (yardstick == null || far == null) {
      return Sight.NONE;
    }
    return new Sight(
        far, far.absurd() && far.shifted() && yardstick.moved(key, keys.active(), parts, reach));
  }

  private Optional<Case> reason(
      Task task, LogPosition position, Rules rules, Sight input, Sight label) {
    if (label.absurd()) {
      return Optional.of(far(task, position, Cause.LABELS, label.far()));
    }
    if (input.absurd()) {
      return Optional.of(far(task, position, Cause.FEATURES, input.far()));
    }
    double share = rules.limits().share();
    if (keys.beyond(RecentKeys.tag(task.key()), share)) {
      return Optional.of(
          new Case(
              task.key(),
              position,
              Cause.SHARE,
              "its key has had its share of the last %d tasks learned from"
                  .formatted(RecentKeys.LEARNED)));
    }
    return Optional.empty();
  }

  private static Case far(Task task, LogPosition position, Cause cause, @Nullable Far far) {
    String what = cause == Cause.LABELS ? "label" : "feature";
    return new Case(
        task.key(),
        position,
        cause,
        far == null
            ? what
            : "it has the %s %s, %.3g deviations from the mean"
                .formatted(what, far.value(), far.deviations()));
  }

  private static Set<Long> believe(
      @Nullable Yardstick yardstick, long key, long arrival, List<float[]> parts, Reach reach) {
    if (yardstick == null) {
      return Set.of();
    }
    yardstick.believe(key, arrival, parts);
    return yardstick.sift(reach.early());
  }

  /** Whether a remembered task would be kept out by its labels as things stand now. */
  public boolean absurdNow(Task task, Rules rules) {
    Far far =
        labels == null || !rules.judges() ? null : labels.look(labels(task), rules.ofLabels());
    return far != null && far.absurd();
  }

  /** Notes a task that went wrong when it was learned from. */
  public void quarantine(Case kept) {
    quarantine = quarantine.with(kept);
  }

  /** Tasks that had come when everything changed: those before it are measured by what is no more. 0 if it never did. */
  public long since() {
    return past == null ? 0 : past.until();
  }

  /** How things were before that; null if they never changed. */
  public @Nullable Past past() {
    return past;
  }

  private static Past.@Nullable Change change(
      @Nullable ColumnSums before, @Nullable Yardstick yardstick) {
    return before == null || yardstick == null
        ? null
        : new Past.Change(before.copy(), yardstick.sums().copy());
  }

  private static @Nullable ColumnSums sums(@Nullable Yardstick yardstick) {
    return yardstick == null ? null : yardstick.sums();
  }

  /** What was kept out, ever. */
  public Quarantine quarantined() {
    return quarantine;
  }

  /** What labels are held against; null where there are none, or they are classes. */
  public @Nullable Yardstick labels() {
    return labels;
  }

  /** What features are held against; null where nothing is judged. */
  public @Nullable Yardstick inputs() {
    return inputs;
  }

  RecentKeys keys() {
    return keys;
  }

  /** One that shares nothing with it. */
  public Guard copy() {
    return new Guard(
        keys.copy(),
        inputs == null ? null : inputs.copy(),
        labels == null ? null : labels.copy(),
        quarantine,
        past);
  }

  private static List<float[]> inputs(Task task) {
    return List.of(task.support().inputs(), task.query().inputs());
  }

  private static List<float[]> labels(Task task) {
    return task.support().targets() instanceof Targets.Values support
            && task.query().targets() instanceof Targets.Values query
        ? List.of(support.values(), query.values())
        : List.of();
  }
}
