package io.engram.core.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Prequential scores in constant memory: the first {@code window} tasks, the last {@code window} tasks, and all of them (Gama,
 * Sebastião &amp; Rodrigues 2013). Not thread-safe.
 */
public final class PrequentialScores {

  private final int window;
  private final List<TaskScore> first = new ArrayList<>();
  private final Deque<TaskScore> last = new ArrayDeque<>();
  private long tasks;

  public PrequentialScores(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("a score window needs at least 1 task, found " + window);
    }
    this.window = window;
  }

  /** Takes up where a stored one left off. */
  public static PrequentialScores restore(
      int window, List<TaskScore> first, List<TaskScore> last, long tasks) {
    PrequentialScores scores = new PrequentialScores(window);
    scores.first.addAll(first.subList(0, Math.min(window, first.size())));
    int from = Math.max(0, last.size() - window);
    scores.last.addAll(last.subList(from, last.size()));
    scores.tasks = tasks;
    return scores;
  }

  /** Adds the next task's score. */
  public void add(TaskScore score) {
    if (first.size() < window) {
      first.add(score);
    }
    if (last.size() == window) {
      last.removeFirst();
    }
    last.addLast(score);
    tasks++;
  }

  /** Tasks scored. */
  public long tasks() {
    return tasks;
  }

  /** Means over the first {@code window} tasks. */
  public ScoreWindow firstWindow() {
    return mean(first);
  }

  /** Means over the last {@code window} tasks. */
  public ScoreWindow lastWindow() {
    return mean(last);
  }

  /** The scores of the first {@code window} tasks, oldest first. */
  public List<TaskScore> firstScores() {
    return List.copyOf(first);
  }

  /** The scores of the last {@code window} tasks, oldest first. */
  public List<TaskScore> lastScores() {
    return List.copyOf(last);
  }

  private static ScoreWindow mean(Collection<TaskScore> scores) {
    return new ScoreWindow(
        ScoreColumn.each(
            column -> {
              double sum = 0;
              int counted = 0;
              for (TaskScore score : scores) {
                double value = score.of(column);
                // What else is noted of the model may not be known of the first tasks.
                if (!column.aboutTheModel() || !Double.isNaN(value)) {
                  sum += value;
                  counted++;
                }
              }
              return sum / counted;
            }),
        scores.size());
  }
}
