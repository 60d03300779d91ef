package io.engram.engine.fused;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Room for every episode's contribution, and their mean in episode order. */
final class Contributions {

  /** Parameters reduced as one item of work. */
  private static final int STRIPE = 8192;

  private final int length;
  private float[][] rows = new float[0][];
  private float[][] stepSizeRows = new float[0][];
  private boolean[] counted = new boolean[0];
  private double[] losses = new double[0];
  private int episodes;
  private int stepSizes;

  Contributions(int length) {
    this.length = length;
  }

  void begin(int newEpisodes, int newStepSizes) {
    episodes = newEpisodes;
    stepSizes = newStepSizes;
    if (rows.length < episodes) {
      int old = rows.length;
      rows = Arrays.copyOf(rows, episodes);
      stepSizeRows = Arrays.copyOf(stepSizeRows, episodes);
      counted = new boolean[episodes];
      losses = new double[episodes];
      for (int i = old; i < episodes; i++) {
        rows[i] = new float[length];
        stepSizeRows[i] = new float[0];
      }
    }
    for (int i = 0; i < episodes; i++) {
      if (stepSizeRows[i].length != stepSizes) {
        stepSizeRows[i] = new float[stepSizes];
      }
      Arrays.fill(stepSizeRows[i], 0f);
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

  /** Records an episode's loss and whether it counts: if its numbers are finite throughout. */
  void judge(int i, double loss) {
    losses[i] = loss;
    counted[i] =
        Double.isFinite(loss) && finite(rows[i], length) && finite(stepSizeRows[i], stepSizes);
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

  /** x·0 is 0 unless x is infinite or not a number; four chains keep the adder busy. */
  private static boolean finite(float[] values, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += values[i] * 0f;
      b += values[i + 1] * 0f;
      c += values[i + 2] * 0f;
      d += values[i + 3] * 0f;
    }
    for (; i < count; i++) {
      a += values[i] * 0f;
    }
    return a + b + c + d == 0f;
  }
}
