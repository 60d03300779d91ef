package io.engram.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * As one writes it: weights and biases of each layer, gradients by autograd. Weights are [in, out], with which a step takes a little less time than with
 * {@code nn.Linear}'s [out, in].
 */
@SuppressWarnings({
  "try",
  "UnsafeFinalization"
}) // scopes and guards work by being open; see Network
final class LayeredNetwork implements StreamNetwork {

  private static final int ONE_BY_ONE = 0;
  private static final int SUM = 2;
  private static final int IGNORE_NOTHING = -100;

  /** The tensors of a vector in layout order; they share its memory. */
  static List<Tensor> tensors(Tensor layout) {
    List<Tensor> tensors = new ArrayList<>();
    long offset = 0;
    for (int l = 0; l < LAYERS; l++) {
      long in = StreamNetwork.width(l);
      long out = StreamNetwork.width(l + 1);
      tensors.add(layout.narrow(0, offset, in * out).view(out, in));
      tensors.add(layout.narrow(0, offset + in * out, out));
      offset += (in + 1) * out;
    }
    return tensors;
  }

  @Override
  public TensorList fromLayout(Tensor layout) {
    return new TensorList(tensors(layout))
        .map(tensor -> turned(tensor).contiguous().requires_grad_());
  }

  @Override
  public Tensor toLayout(TensorList parameters) {
    return torch.cat(parameters.map(tensor -> turned(tensor).reshape(-1)).vector(), 0);
  }

  /** Weights [out, in] to [in, out] and back; a copy of biases. */
  private static Tensor turned(Tensor tensor) {
    return tensor.dim() == 2 ? tensor.t() : tensor.clone();
  }

  @Override
  public Tensor inputs(Tensor pixels) {
    return pixels;
  }

  @Override
  public Tensor labels(Tensor classes) {
    return classes;
  }

  @Override
  public Tensor forward(TensorList parameters, Tensor inputs) {
    Tensor x = inputs;
    for (int l = 0; l < LAYERS; l++) {
      x = torch.addmm(parameters.get(2 * l + 1), x, parameters.get(2 * l));
      x = l < LAYERS - 1 ? torch.relu(x) : x;
    }
    return x;
  }

  @Override
  public TensorList gradient(TensorList parameters, Tensor inputs, Wish wish) {
    try (AutoGradMode on = new AutoGradMode(true)) {
      Tensor z = forward(parameters, inputs);
      Tensor loss = crossEntropy(z, wish.labels(), ONE_BY_ONE).dot(wish.weight().view(-1));
      if (wish.taught() != null && wish.share() != null) {
        Tensor apart = z.sub(wish.taught()).square().sum(1);
        loss = loss.add(apart.dot(wish.share().view(-1)), new Scalar(0.5f));
      }
      return gradient(loss, parameters);
    }
  }

  /** Autograd sums over a batch, so each example has a backward pass of its own. */
  @Override
  public void addSquares(TensorList parameters, Tensor inputs, Tensor labels, TensorList sums) {
    for (long i = 0; i < inputs.size(0); i++) {
      try (PointerScope scope = new PointerScope()) {
        TensorList own;
        try (AutoGradMode on = new AutoGradMode(true)) {
          Tensor z = forward(parameters, inputs.narrow(0, i, 1));
          own = gradient(crossEntropy(z, labels.narrow(0, i, 1), SUM), parameters);
        }
        sums.addProduct(1f, own, own);
      }
    }
  }

  private static Tensor crossEntropy(Tensor z, Tensor labels, int reduction) {
    return torch.cross_entropy_loss(
        z, labels, new TensorOptional(), reduction, IGNORE_NOTHING, 0.0);
  }

  private static TensorList gradient(Tensor loss, TensorList parameters) {
    return TensorList.of(torch.grad(new TensorVector(loss), parameters.vector()));
  }
}
