package io.engram.engine.reference;

import io.engram.core.random.RandomStream;
import java.util.function.ToDoubleFunction;

/** Central differences in double precision. */
public final class FiniteDifferences {

  /** Small, because an inner loop is only piecewise smooth: a step must not carry it over a kink of a ReLU. */
  private static final double STEP = 1e-6;

  private static final int DIRECTIONS = 8;

  private FiniteDifferences() {}

  /** ∇f(x). */
  public static double[] gradient(ToDoubleFunction<double[]> f, double[] x) {
    double[] gradient = new double[x.length];
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] = x[i] + STEP;
      double above = f.applyAsDouble(moved);
      moved[i] = x[i] - STEP;
      double below = f.applyAsDouble(moved);
      moved[i] = x[i];
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  /**
   * Compares a gradient with f along random directions: enough to find any error in it, at a cost that does not grow with
   * the number of parameters.
   *
   * @return ‖found − expected‖ / ‖expected‖ of the directional derivatives
   */
  public static double directionalError(
      float[] gradient, ToDoubleFunction<double[]> f, double[] x) {
    RandomStream random = new RandomStream(99);
    float[] found = new float[DIRECTIONS];
    double[] expected = new double[DIRECTIONS];
    for (int k = 0; k < DIRECTIONS; k++) {
      double[] above = x.clone();
      double[] below = x.clone();
      double slope = 0;
      for (int i = 0; i < x.length; i++) {
        double direction = random.nextGaussian();
        above[i] += STEP * direction;
        below[i] -= STEP * direction;
        slope += direction * gradient[i];
      }
      found[k] = (float) slope;
      expected[k] = (f.applyAsDouble(above) - f.applyAsDouble(below)) / (2 * STEP);
    }
    return relativeError(found, expected);
  }

  /** ‖found − expected‖ / ‖expected‖. */
  public static double relativeError(float[] found, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (found[i] - expected[i]) * (found[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }
}
