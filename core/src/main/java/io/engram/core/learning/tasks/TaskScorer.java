package io.engram.core.learning.tasks;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.evaluation.NearestNeighbour;
import io.engram.core.evaluation.PredictionScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.TaskSettings;
import io.engram.core.task.Episode;
import io.engram.core.task.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adapts θ, and θ₀ beside it, to each episode's support set and scores the query set, with cheap baselines beside them. Owned by one thread. */
final class TaskScorer {

  private final MetaProgram program;
  private final TaskSettings settings;
  private final float[] untrained;
  private final List<Evaluation> evaluations = new ArrayList<>();
  private float[][] adapted = new float[0][];

  TaskScorer(MetaProgram program, TaskSettings settings) {
    this.program = program;
    this.settings = settings;
    this.untrained = settings.basics().untrained();
  }

  /**
   * Scores in the units of the stream.
   *
   * @param targetDeviations per episode, what its regression targets were divided by
   */
  List<TaskScore> score(
      float[] theta, InnerLoop loop, List<Episode> episodes, List<float[]> targetDeviations) {
    double[] model = scores(theta, loop, episodes, targetDeviations);
    List<Map<ScoreColumn, Double>> about = new ArrayList<>(model.length);
    for (int i = 0; i < model.length; i++) {
      // Before θ₀ is scored in the same place.
      about.add(
          PredictionScores.of(
              evaluations.get(i), episodes.get(i).query().targets(), targetDeviations.get(i)));
    }
    double[] baseline = new double[model.length];
    Arrays.fill(baseline, Double.NaN);
    if (settings.basics().scoreUntrained()) {
      baseline = scores(untrained, settings.meta().inner(), episodes, targetDeviations);
    }
    List<TaskScore> scores = new ArrayList<>(model.length);
    for (int i = 0; i < model.length; i++) {
      Map<ScoreColumn, Double> columns = new EnumMap<>(ScoreColumn.class);
      columns.put(ScoreColumn.MODEL, model[i]);
      columns.putAll(about.get(i));
      columns.put(ScoreColumn.UNTRAINED, baseline[i]);
      columns.put(ScoreColumn.NEAREST_NEIGHBOUR, NearestNeighbour.accuracy(episodes.get(i)));
      if (settings.basics().scoreUntrained()) {
        columns.putAll(BoardScores.of(episodes.get(i), targetDeviations.get(i)));
      }
      scores.add(new TaskScore(columns));
    }
    return scores;
  }

  /** Scores of the model alone. */
  double[] scores(
      float[] theta, InnerLoop loop, List<Episode> episodes, List<float[]> targetDeviations) {
    grow(episodes.size());
    float[][] phi = Arrays.copyOf(adapted, episodes.size());
    List<Evaluation> results = evaluations.subList(0, episodes.size());
    program.adapt(theta, episodes, loop, phi);
    program.evaluate(phi, episodes, settings.scoring(), results);
    double[] scores = new double[episodes.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = inStreamUnits(results.get(i), episodes.get(i), targetDeviations.get(i));
    }
    return scores;
  }

  private void grow(int episodes) {
    int had = adapted.length;
    if (had < episodes) {
      adapted = Arrays.copyOf(adapted, episodes);
      for (int i = had; i < episodes; i++) {
        adapted[i] = new float[untrained.length];
        evaluations.add(new Evaluation());
      }
    }
  }

  private static double inStreamUnits(Evaluation evaluation, Episode episode, float[] deviation) {
    if (!(episode.query().targets() instanceof Targets.Values values)) {
      return evaluation.score();
    }
    float[] outputs = evaluation.outputs();
    int width = values.width();
    double sum = 0;
    for (int i = 0; i < values.values().length; i++) {
      double error = (outputs[i] - values.values()[i]) * (double) deviation[i % width];
      sum += error * error;
    }
    return sum / values.values().length;
  }
}
