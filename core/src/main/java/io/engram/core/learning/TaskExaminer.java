package io.engram.core.learning;

import io.engram.core.learning.HeldOutTasks.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks versions of a learner what they know of the whole past: what they score on the tasks held out of learning. A function of its
 * arguments alone; what the best version scored before is only remembered. For one thread.
 *
 * @param <V> a version as it was
 */
public final class TaskExaminer<V> {

  /** Of fewer tasks the score would be chance. */
  public static final int FEWEST = 8;

  private static final int QUARTERS = 4;

  private final Scorer<V> scorer;
  private final boolean errors;
  private final Map<Long, Double> known = new HashMap<>();
  private @Nullable V knownOf;
  private int knownIn;

  /**
   * @param errors whether scores are errors: less is better
   */
  public TaskExaminer(Scorer<V> scorer, boolean errors) {
    this.scorer = scorer;
    this.errors = errors;
  }

  /** How a version does on tasks. */
  public interface Scorer<V> {

    /** One score for each task, whatever other tasks are asked beside it. */
    double[] scores(V version, List<Kept> tasks);
  }

  /**
   * Examines what would be published; none has a score while there are fewer than {@link #FEWEST} tasks.
   *
   * @param best the best version before it; null where it is the first
   * @param circumstances a number of their own: in others, as with more classes, the same tasks are other ones
   */
  public TaskExamination<V> of(V now, @Nullable V best, HeldOutTasks heldOut, int circumstances) {
    List<Kept> tasks = heldOut.byAge();
    if (tasks.size() < FEWEST) {
      return TaskExamination.none();
    }
    double[] before = best == null ? null : remembered(best, tasks, circumstances);
    double[] scores = scorer.scores(now, tasks);
    int quarter = tasks.size() / QUARTERS;
    Retained retained =
        new Retained(
            mean(scores, 0, scores.length),
            before == null ? Double.NaN : mean(before, 0, before.length),
            mean(scores, 0, quarter),
            mean(scores, scores.length - quarter, scores.length));
    boolean fell =
        errors ? retained.score() > retained.before() : retained.score() < retained.before();
    if (best != null && fell) {
      return new TaskExamination<>(retained, best);
    }
    remember(now, tasks, scores, circumstances);
    return new TaskExamination<>(retained, now);
  }

  /** What the best version scores on each task; computed for those alone that it was not asked about yet. */
  private double[] remembered(V best, List<Kept> tasks, int circumstances) {
    if (knownOf != best || knownIn != circumstances) {
      remember(best, List.of(), new double[0], circumstances);
    }
    List<Kept> fresh = new ArrayList<>();
    for (Kept task : tasks) {
      if (!known.containsKey(task.tag())) {
        fresh.add(task);
      }
    }
    double[] scores = fresh.isEmpty() ? new double[0] : scorer.scores(best, fresh);
    for (int i = 0; i < scores.length; i++) {
      known.put(fresh.get(i).tag(), scores[i]);
    }
    return tasks.stream().mapToDouble(task -> known.getOrDefault(task.tag(), Double.NaN)).toArray();
  }

  private void remember(V version, List<Kept> tasks, double[] scores, int circumstances) {
    known.clear();
    knownOf = version;
    knownIn = circumstances;
    for (int i = 0; i < scores.length; i++) {
      known.put(tasks.get(i).tag(), scores[i]);
    }
  }

  private static double mean(double[] scores, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += scores[i];
    }
    return sum / (to - from);
  }
}
