package io.engram.engine.fused;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.network.Head;

/** One worker's fit of the last layer to the embeddings X [n, inputs] of a support set, and the way back through it. */
interface FittedHead {

  /**
   * Fits.
   *
   * @param x [n, inputs] embeddings
   * @param support their targets
   * @param weight [outputs, inputs] where W is written
   * @param bias [outputs] θ's own b before, the fitted one after
   */
  void fit(float[] x, Batch support, float[] weight, float[] bias);

  /**
   * From a loss's gradient with respect to W and b to that with respect to what they were fitted from. To be called after {@link #fit} on
   * the same X.
   *
   * @param weight [outputs, inputs] ∂L/∂W before; zero after, for θ's own W has no part in it
   * @param bias [outputs] ∂L/∂b before; with respect to θ's own b after
   * @param gradient [n, inputs] where ∂L/∂X is written
   */
  void pullBack(float[] x, Batch support, float[] weight, float[] bias, float[] gradient);

  /** The fit by a rule of a network's last layer. */
  static FittedHead of(HeadFit fit, Dense layer, Head head) {
    if (fit instanceof HeadFit.Prototypes) {
      return new PrototypeHead(layer.inputs(), layer.outputs());
    }
    if (fit instanceof HeadFit.CosinePrototypes cosine) {
      return new CosineHead(layer.inputs(), layer.outputs(), cosine);
    }
    if (fit instanceof HeadFit.Ridge ridge) {
      return new RidgeHead(layer.inputs(), layer.outputs(), ridge, head);
    }
    throw new IllegalStateException("no fit for the rule " + fit);
  }

  /** s = start·exp(mean of θ's own bias). */
  static double scale(float start, float[] bias, int outputs) {
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      sum += bias[k];
    }
    return start * Math.exp(sum / outputs);
  }
}
