package io.engram.engine.fused;

import io.engram.engine.MomentChain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Room for every episode's contribution, and their mean in episode order. */
final class Contributions {

  /** Parameters reduced as one item of work. */
  private static final int STRIPE = 8192;

  private final int length;
  private float[][] rows = new float[0][];
  private float[][] stepSizeRows = new float[0][];
  private float[][] firstMoments = new float[0][];
  private float[][] secondMoments = new float[0][];
  private boolean[] counted = new boolean[0];
  private double[] losses = new double[0];
  private int episodes;
  private int stepSizes;
  private int moments;

  Contributions(int length) {
    this.length = length;
  }

  void begin(int newEpisodes, int newStepSizes, boolean withMoments) {
    episodes = newEpisodes;
    stepSizes = newStepSizes;
    moments = withMoments ? length : 0;
    if (rows.length < episodes) {
      int old = rows.length;
      rows = Arrays.copyOf(rows, episodes);
      stepSizeRows = Arrays.copyOf(stepSizeRows, episodes);
      firstMoments = Arrays.copyOf(firstMoments, episodes);
      secondMoments = Arrays.copyOf(secondMoments, episodes);
      counted = new boolean[episodes];
      losses = new double[episodes];
      for (int i = old; i < episodes; i++) {
        rows[i] = new float[length];
        stepSizeRows[i] = new float[0];
        firstMoments[i] = new float[0];
        secondMoments[i] = new float[0];
      }
    }
    for (int i = 0; i < episodes; i++) {
      if (stepSizeRows[i].length != stepSizes) {
        stepSizeRows[i] = new float[stepSizes];
      }
      Arrays.fill(stepSizeRows[i], 0f);
      if (firstMoments[i].length < moments) {
        firstMoments[i] = new float[moments];
        secondMoments[i] = new float[moments];
      }
    }
  }

  /** [parameters] episode {@code i}'s ∂θ. */
  float[] row(int i) {
    return rows[i];
  }

  /** [step sizes] episode {@code i}'s ∂α, or null if not asked for. */
  float @Nullable [] stepSizeRow(int i) {
    return stepSizes == 0 ? null : stepSizeRows[i];
  }

  /** Whether the moments that episodes end with are wanted. */
  boolean wantsMoments() {
    return moments > 0;
  }

  /** [parameters] m that episode {@code i} ends with, where wanted. */
  float[] firstMoments(int i) {
    return firstMoments[i];
  }

  /** [parameters] v that episode {@code i} ends with, where wanted. */
  float[] secondMoments(int i) {
    return secondMoments[i];
  }

  /** Records an episode's loss and whether it counts: if its numbers are finite throughout. */
  void judge(int i, double loss, FiniteCheck check) {
    losses[i] = loss;
    counted[i] =
        Double.isFinite(loss)
            && check.finite(rows[i], length)
            && check.finite(stepSizeRows[i], stepSizes)
            && check.finite(firstMoments[i], moments)
            && check.finite(secondMoments[i], moments);
  }

  double loss(int i) {
    return losses[i];
  }

  boolean counted(int i) {
    return counted[i];
  }

  int stripes() {
    return (length + STRIPE - 1) / STRIPE;
  }

  /** Writes the mean of one stripe of parameters. */
  void reduceStripe(int stripe, float[] mean) {
    int from = stripe * STRIPE;
    reduce(rows, from, Math.min(length, from + STRIPE), mean);
  }

  /** Writes one stripe of the moments after the batch. */
  void chainStripe(int stripe, Recipe recipe, float[] first, float[] second) {
    int from = stripe * STRIPE;
    int to = Math.min(length, from + STRIPE);
    MomentChain.begin(recipe.firstMoment(), first, from, to);
    MomentChain.begin(recipe.secondMoment(), second, from, to);
    for (int i = 0; i < episodes; i++) {
      if (counted[i]) {
        MomentChain.add(
            recipe.keptOfFirst(), recipe.firstMoment(), firstMoments[i], first, from, to);
        MomentChain.add(
            recipe.keptOfSecond(), recipe.secondMoment(), secondMoments[i], second, from, to);
      }
    }
  }

  void reduceStepSizes(float[] mean) {
    reduce(stepSizeRows, 0, stepSizes, mean);
  }

  private void reduce(float[][] from, int start, int end, float[] mean) {
    Arrays.fill(mean, start, end, 0f);
    int count = 0;
    for (int i = 0; i < episodes; i++) {
      if (counted[i]) {
        count++;
        add(from[i], start, end, mean);
      }
    }
    if (count > 1) {
      scale(1f / count, start, end, mean);
    }
  }

  private static void add(float[] row, int start, int end, float[] sum) {
    for (int i = start; i < end; i++) {
      sum[i] += row[i];
    }
  }

  private static void scale(float factor, int start, int end, float[] sum) {
    for (int i = start; i < end; i++) {
      sum[i] *= factor;
    }
  }
}
