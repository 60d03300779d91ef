package io.engram.core.meta;

/** How the outer loop turns a meta-gradient into a new θ. */
public sealed interface OuterOptimizer {

  /**
   * One step, in place.
   *
   * @param theta [parameters] moved
   * @param gradient [parameters] to descend
   * @param moments the optimiser's memory, moved
   * @param step outer steps taken before this one
   */
  void step(float[] theta, float[] gradient, Moments moments, long step);

  /** {@code θ ← θ − β·g}; with the Reptile rule this is {@code θ ← θ + β(φ̄ − θ)}. */
  record Sgd(Schedule stepSize) implements OuterOptimizer {
    @Override
    public void step(float[] theta, float[] gradient, Moments moments, long step) {
      float beta = (float) stepSize.at(step);
      for (int i = 0; i < theta.length; i++) {
        theta[i] -= beta * gradient[i];
      }
      moments.advance();
    }
  }

  /** Adam (Kingma &amp; Ba 2015, algorithm 1, in the efficient form at the end of section 2). */
  record Adam(Schedule stepSize, float beta1, float beta2, float epsilon)
      implements OuterOptimizer {

    /** With the paper's β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
    public static Adam standard(Schedule stepSize) {
      return new Adam(stepSize, 0.9f, 0.999f, 1e-8f);
    }

    @Override
    public void step(float[] theta, float[] gradient, Moments moments, long step) {
      moments.advance();
      double correction1 = 1 - StrictMath.pow(beta1, (double) moments.steps());
      double correction2 = 1 - StrictMath.pow(beta2, (double) moments.steps());
      float scale = (float) (stepSize.at(step) * Math.sqrt(correction2) / correction1);
      float epsilonHat = (float) (epsilon * Math.sqrt(correction2));
      float[] m = moments.first();
      float[] v = moments.second();
      for (int i = 0; i < theta.length; i++) {
        float g = gradient[i];
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        theta[i] -= scale * m[i] / ((float) Math.sqrt(v[i]) + epsilonHat);
      }
    }
  }
}
