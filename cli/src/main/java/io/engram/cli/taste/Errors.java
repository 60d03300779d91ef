package io.engram.cli.taste;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
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
    return scores.stream().mapToDouble(it -> kind.of(it.of(column))).average().orElse(Double.NaN);
  }

  /** One standard error of the mean difference between two, over tasks; NaN for fewer than two tasks. */
  double noise(ScoreColumn one, ScoreColumn other) {
    double[] differences =
        scores.stream().mapToDouble(it -> kind.of(it.of(one)) - kind.of(it.of(other))).toArray();
    double mean = 0;
    for (double difference : differences) {
      mean += difference / differences.length;
    }
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    int tasks = differences.length;
    return tasks < 2 ? Double.NaN : Math.sqrt(squares / (tasks - 1) / tasks);
  }
}
