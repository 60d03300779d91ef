package io.engram.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Its backward pass written out, on one flat vector of parameters, so that what is done to all of them is one call. Each layer's weights are
 * [in + 1, out], the last row its biases; inputs carry a one at their end.
 */
@SuppressWarnings("UnsafeFinalization") // see Network
final class FlatNetwork implements StreamNetwork {

  private final TensorList gradient;
  private final Tensor[] gradients;

  /** [batch, in + 1] what went into each layer at the last forward pass. */
  private final Tensor[] below = new Tensor[LAYERS];

  /** ∂L/∂z of each layer at the last backward pass. */
  private final Tensor[] deltas = new Tensor[LAYERS];

  FlatNetwork(Tensor layout) {
    gradient = new TensorList(List.of(torch.zeros_like(layout)));
    gradients = layers(gradient);
  }

  @Override
  public TensorList fromLayout(Tensor layout) {
    List<Tensor> rows = new ArrayList<>();
    List<Tensor> tensors = LayeredNetwork.tensors(layout);
    for (int l = 0; l < LAYERS; l++) {
      rows.add(tensors.get(2 * l).t().reshape(-1));
      rows.add(tensors.get(2 * l + 1));
    }
    return new TensorList(List.of(torch.cat(new TensorVector(rows.toArray(new Tensor[0])), 0)));
  }

  @Override
  public Tensor toLayout(TensorList parameters) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor layer : layers(parameters)) {
      long in = layer.size(0) - 1;
      tensors.add(layer.narrow(0, 0, in).t().reshape(-1));
      tensors.add(layer.narrow(0, in, 1).reshape(-1));
    }
    return torch.cat(new TensorVector(tensors.toArray(new Tensor[0])), 0);
  }

  /** The matrices of a vector; they share its memory. */
  private static Tensor[] layers(TensorList parameters) {
    Tensor flat = parameters.get(0);
    Tensor[] layers = new Tensor[LAYERS];
    long offset = 0;
    for (int l = 0; l < LAYERS; l++) {
      long in = StreamNetwork.width(l);
      long out = StreamNetwork.width(l + 1);
      layers[l] = flat.narrow(0, offset, (in + 1) * out).view(in + 1, out);
      offset += (in + 1) * out;
    }
    return layers;
  }

  /** With their one. */
  @Override
  public Tensor inputs(Tensor pixels) {
    return torch.cat(new TensorVector(pixels, torch.ones(pixels.size(0), 1)), 1);
  }

  /** One at the label. */
  @Override
  public Tensor labels(Tensor classes) {
    return torch.one_hot(classes, CLASSES).to(torch.ScalarType.Float);
  }

  @Override
  public Tensor forward(TensorList parameters, Tensor inputs) {
    return forward(layers(parameters), inputs);
  }

  @Override
  public TensorList gradient(TensorList parameters, Tensor inputs, Wish wish) {
    Tensor[] weights = layers(parameters);
    Tensor z = forward(weights, inputs);
    Tensor delta = z.softmax(1).sub_(wish.labels()).mul_(wish.weight());
    if (wish.taught() != null && wish.share() != null) {
      delta.addcmul_(z.sub(wish.taught()), wish.share());
    }
    backward(weights, delta);
    for (int l = 0; l < LAYERS; l++) {
      torch.mm_out(gradients[l], below[l].t(), deltas[l]);
    }
    forget();
    return gradient;
  }

  @Override
  public void addSquares(TensorList parameters, Tensor inputs, Tensor labels, TensorList sums) {
    Tensor[] weights = layers(parameters);
    backward(weights, forward(weights, inputs).softmax(1).sub_(labels));
    Tensor[] matrices = layers(sums);
    for (int l = 0; l < LAYERS; l++) {
      matrices[l].addmm_(below[l].square().t(), deltas[l].square());
    }
    forget();
  }

  private Tensor forward(Tensor[] weights, Tensor inputs) {
    Tensor x = inputs;
    for (int l = 0; l < LAYERS; l++) {
      below[l] = x;
      Tensor z = torch.mm(x, weights[l]);
      if (l == LAYERS - 1) {
        return z;
      }
      x = torch.ones(inputs.size(0), StreamNetwork.width(l + 1) + 1);
      torch.clamp_min_out(units(x), z, new Scalar(0f));
    }
    throw new AssertionError("there is a last layer");
  }

  /** ∂L/∂z of all layers from that of the last. */
  private void backward(Tensor[] weights, Tensor delta) {
    deltas[LAYERS - 1] = delta;
    for (int l = LAYERS - 1; l > 0; l--) {
      Tensor through = torch.mm(deltas[l], weights[l].narrow(0, 0, StreamNetwork.width(l)).t());
      deltas[l - 1] = torch.threshold_backward(through, units(below[l]), new Scalar(0f));
    }
  }

  /** The tensors of a pass end with the scope they were made in. */
  private void forget() {
    Arrays.fill(below, null);
    Arrays.fill(deltas, null);
  }

  private static Tensor units(Tensor withOne) {
    return withOne.narrow(1, 0, withOne.size(1) - 1);
  }
}
