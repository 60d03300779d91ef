package io.engram.core.evaluation;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.task.Episode;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast one model version adapts to classes it was never trained on: its mean query score against inner steps or against
 * shots. The slope at the start, not the end, is what meta-learning is for (Finn et al. 2017, figures 2 and 3).
 */
public final class AdaptationCurve {

  private final MetaProgram program;
  private final NormalizationMode mode;

  public AdaptationCurve(MetaProgram program, NormalizationMode mode) {
    this.program = program;
    this.mode = mode;
  }

  /**
   * One point of a curve.
   *
   * @param x inner steps or shots
   * @param score mean over episodes: accuracy in [0, 1], or mean squared error
   * @param error standard error of that mean; NaN with one episode
   */
  public record Point(int x, double score, double error) {}

  /** Score after each of the numbers of {@code steps}, on the same held-out episodes. */
  public List<Point> overSteps(
      float[] theta, List<Episode> heldOut, InnerLoop loop, List<Integer> steps) {
    List<Point> curve = new ArrayList<>(steps.size());
    for (int count : steps) {
      curve.add(point(count, theta, heldOut, loop.withSteps(count)));
    }
    return List.copyOf(curve);
  }

  /**
   * Score with each number of {@code shots}.
   *
   * @param heldOut element i holds the episodes with {@code shots[i]} support examples a class
   */
  public List<Point> overShots(
      float[] theta, List<List<Episode>> heldOut, InnerLoop loop, List<Integer> shots) {
    if (heldOut.size() != shots.size()) {
      throw new IllegalArgumentException(
          "%d lists of episodes do not go with %d numbers of shots"
              .formatted(heldOut.size(), shots.size()));
    }
    List<Point> curve = new ArrayList<>(shots.size());
    for (int i = 0; i < shots.size(); i++) {
      curve.add(point(shots.get(i), theta, heldOut.get(i), loop));
    }
    return List.copyOf(curve);
  }

  private Point point(int x, float[] theta, List<Episode> episodes, InnerLoop loop) {
    float[][] adapted = new float[episodes.size()][theta.length];
    program.adapt(theta, episodes, loop, adapted);
    List<Evaluation> results = new ArrayList<>(episodes.size());
    for (int i = 0; i < episodes.size(); i++) {
      results.add(new Evaluation());
    }
    program.evaluate(adapted, episodes, mode, results);
    int n = episodes.size();
    double mean = results.stream().mapToDouble(Evaluation::score).sum() / n;
    double squares =
        results.stream().mapToDouble(r -> (r.score() - mean) * (r.score() - mean)).sum();
    return new Point(x, mean, Math.sqrt(squares / (n - 1) / n));
  }
}
