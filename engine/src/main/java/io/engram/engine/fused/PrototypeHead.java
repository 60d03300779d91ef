package io.engram.engine.fused;

import io.engram.core.compute.episode.HeadFit;
import java.util.Arrays;

/** {@link HeadFit.Prototypes}: W_k = 2c_k, b_k = −|c_k|², so ∂c_k = 2(∂W_k − ∂b_k·c_k). */
final class PrototypeHead implements FittedHead {

  private final int inputs;
  private final int outputs;
  private final ClassMeans classes;

  PrototypeHead(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.classes = new ClassMeans(inputs, outputs);
  }

  @Override
  public void fit(float[] x, Batch support, float[] weight, float[] bias) {
    classes.take(x, support);
    double[] c = classes.means();
    Arrays.fill(weight, 0, outputs * inputs, 0f);
    Arrays.fill(bias, 0, outputs, 0f);
    for (int k = 0; k < support.ways(); k++) {
      double square = 0;
      for (int i = k * inputs; i < (k + 1) * inputs; i++) {
        weight[i] = (float) (2 * c[i]);
        square += c[i] * c[i];
      }
      bias[k] = (float) -square;
    }
  }

  @Override
  public void pullBack(float[] x, Batch support, float[] weight, float[] bias, float[] gradient) {
    double[] c = classes.means();
    double[] into = classes.gradients();
    for (int k = 0; k < support.ways(); k++) {
      for (int i = k * inputs; i < (k + 1) * inputs; i++) {
        into[i] = 2 * (weight[i] - bias[k] * c[i]);
      }
    }
    classes.spread(support, gradient);
    Arrays.fill(weight, 0, outputs * inputs, 0f);
    Arrays.fill(bias, 0, outputs, 0f);
  }
}
