package io.engram.cli.taste;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import java.util.Arrays;
import java.util.List;

/** Errors on tasks one after another. */
final class Errors {

  private final List<TaskScore> scores;
  private final ErrorKind kind;

  Errors(List<TaskScore> scores, ErrorKind kind) {
    this.scores = List.copyOf(scores);
    this.kind = kind;
  }

  int tasks() {
    return scores.size();
  }

  /** Those of tasks {@code from} (inclusive) to {@code to} (exclusive). */
  Errors part(int from, int to) {
    return new Errors(scores.subList(from, to), kind);
  }

  /** NaN where a task has none. */
  double mean(ScoreColumn column) {
    return Arrays.stream(errors(column)).average().orElse(Double.NaN);
  }

  /** One standard error of a mean over tasks; NaN for fewer than two. */
  double noise(ScoreColumn column) {
    return standardError(errors(column));
  }

  /** One standard error of the mean difference between two, over tasks; NaN for fewer than two. */
  double noise(ScoreColumn one, ScoreColumn other) {
    double[] differences = errors(one);
    double[] others = errors(other);
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= others[i];
    }
    return standardError(differences);
  }

  private double[] errors(ScoreColumn column) {
    return scores.stream().mapToDouble(it -> kind.of(it.of(column))).toArray();
  }

  private static double standardError(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(it -> (it - mean) * (it - mean)).sum();
    return values.length < 2
        ? Double.NaN
        : Math.sqrt(squares / (values.length - 1) / values.length);
  }
}
