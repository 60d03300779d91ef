package io.engram.engine;

import io.engram.core.evaluation.Argmax;
import io.engram.core.task.Targets;
import java.util.Arrays;

/** The heads on plain arrays, for engines that leave the last step to the JVM. Losses are means over examples. */
public final class HeadLoss {

  private HeadLoss() {}

  /**
   * Mean loss; writes ∂loss/∂outputs.
   *
   * @param outputs [examples, width]
   * @param gradient [examples, width]
   */
  public static double gradient(float[] outputs, int width, Targets targets, float[] gradient) {
    return gradient(outputs, 0, width, targets, gradient);
  }

  /** Same for the rows that begin at element {@code at} of both arrays. */
  public static double gradient(
      float[] outputs, int at, int width, Targets targets, float[] gradient) {
    int n = targets.size();
    double sum = 0;
    if (targets instanceof Targets.Classes labels) {
      Arrays.fill(gradient, at, at + n * width, 0f);
      for (int row = 0; row < n; row++) {
        int from = at + row * width;
        double logSum = logSum(outputs, from, labels.ways());
        for (int i = 0; i < labels.ways(); i++) {
          double target = i == labels.classes()[row] ? 1 : 0;
          gradient[from + i] = (float) ((Math.exp(outputs[from + i] - logSum) - target) / n);
        }
        sum += logSum - outputs[from + labels.classes()[row]];
      }
      return sum / n;
    }
    float[] values = ((Targets.Values) targets).values();
    for (int i = 0; i < n * width; i++) {
      double error = outputs[at + i] - values[i];
      gradient[at + i] = (float) (2 * error / (n * width));
      sum += error * error;
    }
    return sum / (n * width);
  }

  /** Accuracy in [0, 1], or mean squared error. */
  public static double score(float[] outputs, int width, Targets targets) {
    if (!(targets instanceof Targets.Classes labels)) {
      return gradient(outputs, width, targets, new float[targets.size() * width]);
    }
    int right = 0;
    for (int row = 0; row < targets.size(); row++) {
      int best = Argmax.of(outputs, row * width, labels.ways());
      right += best == labels.classes()[row] ? 1 : 0;
    }
    return (double) right / targets.size();
  }

  /** ln Σ exp(z) of {@code ways} elements from {@code at} on. */
  public static double logSum(float[] z, int at, int ways) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < ways; i++) {
      max = Math.max(max, z[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < ways; i++) {
      sum += Math.exp(z[at + i] - max);
    }
    return max + Math.log(sum);
  }
}
