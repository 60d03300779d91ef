package io.engram.benchmarks.libtorch;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * 784-100-100-10 with its backward pass written out, on one flat vector of parameters, so that what is done to all of them is one call. Each
 * layer's weights are [in + 1, out], the last row its biases; inputs carry a one at their end. Faster than autograd on a list of tensors.
 */
@SuppressWarnings("UnsafeFinalization") // see Network
final class FlatNetwork {

  static final int INPUTS = 784;

  private static final int[] WIDTHS = {INPUTS, 100, 100, 10};
  private static final int LAYERS = 3;

  /** [batch, in + 1] what went into each layer at the last forward pass. */
  private final Tensor[] below = new Tensor[LAYERS];

  /** ∂L/∂z of each layer at the last backward pass. */
  private final Tensor[] deltas = new Tensor[LAYERS];

  /** A vector of parameters from Engram's layout, where each layer has its weights [out, in] and then its biases. */
  static Tensor fromLayout(float[] layout) {
    float[] flat = new float[layout.length];
    int offset = 0;
    for (int l = 0; l < LAYERS; l++) {
      int in = WIDTHS[l];
      int out = WIDTHS[l + 1];
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          flat[offset + i * out + o] = layout[offset + o * in + i];
        }
        flat[offset + in * out + o] = layout[offset + in * out + o];
      }
      offset += (in + 1) * out;
    }
    return Tensor.create(flat);
  }

  /** The matrices of a vector; they share its memory. */
  static Tensor[] layers(Tensor flat) {
    Tensor[] layers = new Tensor[LAYERS];
    long offset = 0;
    for (int l = 0; l < LAYERS; l++) {
      long length = (WIDTHS[l] + 1L) * WIDTHS[l + 1];
      layers[l] = flat.narrow(0, offset, length).view(WIDTHS[l] + 1L, WIDTHS[l + 1]);
      offset += length;
    }
    return layers;
  }

  /** Logits of inputs that carry their one. */
  Tensor forward(Tensor[] weights, Tensor inputs) {
    Tensor x = inputs;
    for (int l = 0; l < LAYERS; l++) {
      below[l] = x;
      Tensor z = torch.mm(x, weights[l]);
      if (l == LAYERS - 1) {
        return z;
      }
      x = torch.ones(inputs.size(0), WIDTHS[l + 1] + 1L);
      torch.clamp_min_out(units(x), z, new Scalar(0f));
    }
    throw new AssertionError("there is a last layer");
  }

  /** ∂L/∂z of all layers from that of the last. */
  void backward(Tensor[] weights, Tensor delta) {
    deltas[LAYERS - 1] = delta;
    for (int l = LAYERS - 1; l > 0; l--) {
      Tensor through = torch.mm(deltas[l], weights[l].narrow(0, 0, WIDTHS[l]).t());
      deltas[l - 1] = torch.threshold_backward(through, units(below[l]), new Scalar(0f));
    }
  }

  /** Writes ∂L/∂weights into the matrices of {@code gradient}. */
  void gradient(Tensor[] gradient) {
    for (int l = 0; l < LAYERS; l++) {
      torch.mm_out(gradient[l], below[l].t(), deltas[l]);
    }
  }

  /** Adds the squares of the examples' own gradients. */
  void addSquares(Tensor[] sums) {
    for (int l = 0; l < LAYERS; l++) {
      sums[l].addmm_(below[l].square().t(), deltas[l].square());
    }
  }

  /** Forgets the tensors of the last pass. */
  void clear() {
    Arrays.fill(below, null);
    Arrays.fill(deltas, null);
  }

  private static Tensor units(Tensor withOne) {
    return withOne.narrow(1, 0, withOne.size(1) - 1);
  }
}
