package io.engram.engine.fused;

import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Adam (Kingma &amp; Ba 2015, algorithm 1) on one worker's φ. */
final class AdamDescent {

  private final ParameterMap map;
  private final float[][] first;
  private final float[][] second;

  AdamDescent(ParameterMap map) {
    this.map = map;
    first = new float[map.tensorCount()][];
    second = new float[map.tensorCount()][];
    for (int t = 0; t < map.tensorCount(); t++) {
      first[t] = new float[map.length(t)];
      second[t] = new float[map.length(t)];
    }
  }

  /** Sets the moments an episode begins with. */
  void start(Recipe recipe) {
    for (int t = 0; t < first.length; t++) {
      load(recipe.firstMoment(), t, first[t]);
      load(recipe.secondMoment(), t, second[t]);
    }
  }

  /** Moves {@code w} by step {@code step} (from 0). */
  void apply(Recipe recipe, Adam adam, int step, Parameters gradient, Parameters w) {
    AdamMoments start = adam.start();
    long t = step + 1 + (start == null ? 0 : start.steps());
    double correction1 = 1 - Math.pow(adam.beta1(), (double) t);
    double correction2 = 1 - Math.pow(adam.beta2(), (double) t);
    float stepSize = (float) (adam.stepSize() / correction1);
    float secondScale = (float) (1 / correction2);
    for (int i = recipe.firstMovingTensor(); i < first.length; i++) {
      float[] weights = w.tensor(i).updateHeap();
      float[] g = gradient.tensor(i).readHeap();
      move(i, weights, g, adam, stepSize, secondScale);
    }
  }

  /** Writes the moments after the last step, [trainable parameters] each, in the engine's order. */
  void store(float[] intoFirst, float[] intoSecond) {
    for (int t = 0; t < first.length; t++) {
      System.arraycopy(first[t], 0, intoFirst, map.offset(t), first[t].length);
      System.arraycopy(second[t], 0, intoSecond, map.offset(t), second[t].length);
    }
  }

  private void load(float @Nullable [] from, int t, float[] into) {
    if (from == null) {
      Arrays.fill(into, 0f);
    } else {
      System.arraycopy(from, map.offset(t), into, 0, into.length);
    }
  }

  private void move(
      int tensor, float[] w, float[] g, Adam adam, float stepSize, float secondScale) {
    float[] m = first[tensor];
    float[] v = second[tensor];
    float beta1 = adam.beta1();
    float beta2 = adam.beta2();
    float epsilon = adam.epsilon();
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < m.length; i++) {
      m[i] = beta1 * m[i] + rest1 * g[i];
      v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
      w[i] -= stepSize * m[i] / ((float) Math.sqrt(secondScale * v[i]) + epsilon);
    }
  }
}
