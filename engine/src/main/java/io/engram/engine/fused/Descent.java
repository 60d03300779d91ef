package io.engram.engine.fused;

/** {@code φ ← φ − α∘g}, where it is not fused into the products that make g. */
final class Descent {

  private final ParameterMap map;
  private final float[] steps;

  Descent(ParameterMap map) {
    this.map = map;
    this.steps = new float[map.length()];
  }

  /** Moves {@code w} by one step, from tensor {@code first} on; {@code w} and {@code gradient} differ. */
  void apply(Recipe recipe, int step, int first, Parameters gradient, Parameters w) {
    for (int t = first; t < w.tensorCount(); t++) {
      float[] g = gradient.tensor(t).readHeap();
      float[] values = w.tensor(t).updateHeap();
      int length = map.length(t);
      if (recipe.scalarSteps()) {
        subtract(values, recipe.stepSize(step, t), g, length);
      } else {
        System.arraycopy(recipe.stepSizes(), map.offset(t), steps, 0, length);
        subtract(values, steps, g, length);
      }
    }
  }

  /** u ← α∘v from tensor {@code first} on. */
  void scale(Recipe recipe, int step, int first, Parameters v, Parameters u) {
    for (int t = first; t < v.tensorCount(); t++) {
      int length = map.length(t);
      float[] from = v.tensor(t).readHeap();
      float[] into = u.tensor(t).writeHeap(length);
      if (recipe.scalarSteps()) {
        multiply(from, recipe.stepSize(step, t), into, length);
      } else {
        System.arraycopy(recipe.stepSizes(), map.offset(t), steps, 0, length);
        multiply(from, steps, into, length);
      }
    }
  }

  private static void subtract(float[] values, float step, float[] g, int length) {
    for (int i = 0; i < length; i++) {
      values[i] -= step * g[i];
    }
  }

  private static void subtract(float[] values, float[] steps, float[] g, int length) {
    for (int i = 0; i < length; i++) {
      values[i] -= steps[i] * g[i];
    }
  }

  private static void multiply(float[] from, float step, float[] into, int length) {
    for (int i = 0; i < length; i++) {
      into[i] = step * from[i];
    }
  }

  private static void multiply(float[] from, float[] steps, float[] into, int length) {
    for (int i = 0; i < length; i++) {
      into[i] = steps[i] * from[i];
    }
  }
}
