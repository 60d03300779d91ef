package io.engram.core.tables;

import io.engram.core.algebra.Cholesky;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * What errors of past answers say about those to come: their scale by {@link Signs}, by least squares on logarithms, and how many scales
 * covered how many of the last errors (split conformal prediction over a sliding window). Owned by one thread.
 */
public final class Doubt {

  /** Errors that quantiles are taken of. */
  private static final int RECENT = 500;

  /** Fewer than these say nothing. */
  private static final int FEWEST = 20;

  private static final double LEAST_ERROR = 0.01;
  private static final double FORGOTTEN = 0.001;
  private static final double PENALTY = 5;

  private final double[][] curvature = new double[Signs.COUNT][Signs.COUNT];
  private final double[] pull = new double[Signs.COUNT];
  private final double[] recent = new double[RECENT];
  private double errors;

  /** Numbers that {@link #save()} hands out. */
  public static final int SAVED = Signs.COUNT * Signs.COUNT + Signs.COUNT + RECENT + 1;

  /** All that it knows. */
  public double[] save() {
    DoubleBuffer out = DoubleBuffer.allocate(SAVED);
    for (double[] row : curvature) {
      out.put(row);
    }
    return out.put(pull).put(recent).put(errors).array();
  }

  /** Takes up what another knew, [{@link #SAVED}]. */
  public void restore(double[] saved) {
    DoubleBuffer in = DoubleBuffer.wrap(saved);
    for (double[] row : curvature) {
      in.get(row);
    }
    in.get(pull).get(recent);
    errors = in.get();
  }

  /**
   * Learns from a task that was answered.
   *
   * @param experts [experts × queries × outputs] in deviations
   * @param answers [queries × outputs] what was answered
   * @param labels [queries × outputs] the truth
   */
  public void learn(
      Question question, double[][][] experts, double[][] answers, double[][] labels) {
    double[][][] signs = Signs.of(question.rows(), experts);
    Width before = width();
    for (int q = 0; q < answers.length; q++) {
      for (int c = 0; c < answers[q].length; c++) {
        double missed = Math.abs(answers[q][c] - labels[q][c]);
        recent[(int) (errors % RECENT)] = missed / before.scale(signs[q][c]);
        errors++;
        add(signs[q][c], Math.log(LEAST_ERROR + missed));
      }
    }
  }

  private void add(double[] signs, double logError) {
    for (int i = 0; i < Signs.COUNT; i++) {
      pull[i] += signs[i] * logError - FORGOTTEN * pull[i];
      for (int j = 0; j < Signs.COUNT; j++) {
        curvature[i][j] += signs[i] * signs[j] - FORGOTTEN * curvature[i][j];
      }
    }
  }

  /** How wide intervals are to be from now on. */
  Width width() {
    if (errors < FEWEST) {
      return Width.UNKNOWN;
    }
    double[] solved = new Cholesky(curvature, PENALTY).solve(pull);
    float[] coefficients = new float[Signs.COUNT];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = (float) solved[i];
    }
    double[] sorted = Arrays.copyOf(recent, (int) Math.min(errors, RECENT));
    Arrays.sort(sorted);
    float[] quantiles = new float[Width.LEVELS.size()];
    for (int i = 0; i < quantiles.length; i++) {
      int at = (int) Math.ceil((sorted.length + 1) * Width.LEVELS.get(i)) - 1;
      quantiles[i] = (float) sorted[Math.min(sorted.length - 1, at)];
    }
    return new Width(coefficients, quantiles);
  }
}
