package io.engram.client;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.model.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** A curve in the making, task by task. For one thread. */
final class EffortCurve {

  private final TaskScoring scoring;
  private final Effort effort;
  private final List<double[]> models = new ArrayList<>();
  private final List<double[]> untrained = new ArrayList<>();
  private final Map<ScoreColumn, List<double[]>> simple = new EnumMap<>(ScoreColumn.class);

  /**
   * What effort means.
   *
   * @param x efforts, ascending, the last the greatest
   * @param rows how many rows are adapted on
   * @param model what is adapted
   * @param untrained what it is compared with
   */
  record Effort(
      List<Integer> x,
      IntUnaryOperator rows,
      IntFunction<Model> model,
      IntFunction<Optional<Model>> untrained) {

    Effort {
      x = List.copyOf(x);
    }
  }

  EffortCurve(TaskScoring scoring, Effort effort) {
    this.scoring = scoring;
    this.effort = effort;
  }

  /** How many tasks it is over. */
  int tasks() {
    return models.size();
  }

  void add(StudiedTask task) {
    int size = effort.x().size();
    double[] model = new double[size];
    double[] start = new double[size];
    Map<ScoreColumn, double[]> answers = new EnumMap<>(ScoreColumn.class);
    Map<Integer, Map<ScoreColumn, Double>> known = new HashMap<>();
    for (int i = 0; i < size; i++) {
      int x = effort.x().get(i);
      int rows = effort.rows().applyAsInt(x);
      model[i] = scoring.orWorst(effort.model().apply(x), task, rows);
      start[i] =
          effort.untrained().apply(x).map(it -> scoring.orWorst(it, task, rows)).orElse(Double.NaN);
      int point = i;
      known
          .computeIfAbsent(rows, it -> it == 0 ? Map.of() : task.simple(it))
          .forEach((column, score) -> row(answers, column, size)[point] = score);
    }
    models.add(model);
    untrained.add(start);
    answers.forEach((column, it) -> simple.computeIfAbsent(column, c -> new ArrayList<>()).add(it));
  }

  private static double[] row(Map<ScoreColumn, double[]> of, ScoreColumn column, int size) {
    return of.computeIfAbsent(
        column,
        it -> {
          double[] row = new double[size];
          Arrays.fill(row, Double.NaN);
          return row;
        });
  }

  /** As far as it has come; empty without a task. */
  Optional<Study.Curve> drawn() {
    return tasks() == 0
        ? Optional.empty()
        : Optional.of(new Study.Curve(effort.x(), over(models), over(untrained), best()));
  }

  /** The one that is the best with the greatest effort, of those that answered every task. */
  private Optional<Study.Simple> best() {
    Measure measure = scoring.measure();
    Study.Simple best = null;
    for (Map.Entry<ScoreColumn, List<double[]>> each : simple.entrySet()) {
      if (each.getValue().size() == tasks()) {
        Study.Simple it = new Study.Simple(each.getKey(), over(each.getValue()));
        best = best == null || measure.advantage(last(it), last(best)) > 0 ? it : best;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double last(Study.Simple it) {
    return it.score().get(it.score().size() - 1);
  }

  private List<Double> over(List<double[]> tasks) {
    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < effort.x().size(); i++) {
      int point = i;
      double[] all = tasks.stream().mapToDouble(it -> it[point]).toArray();
      scores.add(
          Arrays.stream(all).anyMatch(Double::isNaN)
              ? Double.NaN
              : TaskScoring.over(scoring.measure(), all));
    }
    return Collections.unmodifiableList(scores);
  }
}
