package io.engram.engine.fused;

import io.engram.core.compute.episode.HeadFit;
import java.util.Arrays;

/**
 * {@link HeadFit.CosinePrototypes}: W_k = s·u_k with u_k = c_k/|c_k|, so ∂c_k = s/|c_k|·(∂W_k − u_k⟨u_k, ∂W_k⟩) and ∂log s = ⟨∂W, W⟩. A
 * prototype at 0 has no direction, and W_k = 0.
 */
final class CosineHead implements FittedHead {

  private final int inputs;
  private final int outputs;
  private final float start;
  private final ClassMeans classes;
  private final double[] lengths;
  private double scale;

  CosineHead(int inputs, int outputs, HeadFit.CosinePrototypes rule) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.start = rule.scale();
    this.classes = new ClassMeans(inputs, outputs);
    this.lengths = new double[outputs];
  }

  @Override
  public void fit(float[] x, Batch support, float[] weight, float[] bias) {
    scale = FittedHead.scale(start, bias, outputs);
    classes.take(x, support);
    double[] c = classes.means();
    Arrays.fill(weight, 0, outputs * inputs, 0f);
    Arrays.fill(bias, 0, outputs, 0f);
    for (int k = 0; k < support.ways(); k++) {
      double square = 0;
      for (int i = k * inputs; i < (k + 1) * inputs; i++) {
        square += c[i] * c[i];
      }
      lengths[k] = Math.sqrt(square);
      for (int i = k * inputs; square > 0 && i < (k + 1) * inputs; i++) {
        weight[i] = (float) (scale * c[i] / lengths[k]);
      }
    }
  }

  @Override
  public void pullBack(float[] x, Batch support, float[] weight, float[] bias, float[] gradient) {
    double[] c = classes.means();
    double[] into = classes.gradients();
    double logScale = 0;
    for (int k = 0; k < support.ways(); k++) {
      double length = lengths[k];
      double along = 0;
      for (int i = k * inputs; length > 0 && i < (k + 1) * inputs; i++) {
        along += weight[i] * c[i] / length;
      }
      logScale += scale * along;
      for (int i = k * inputs; i < (k + 1) * inputs; i++) {
        into[i] = length > 0 ? scale / length * (weight[i] - along * c[i] / length) : 0;
      }
    }
    classes.spread(support, gradient);
    Arrays.fill(weight, 0, outputs * inputs, 0f);
    Arrays.fill(bias, 0, outputs, (float) (logScale / outputs));
  }
}
