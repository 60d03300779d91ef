package io.engram.benchmarks.libtorch;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** 784-100-100-10 with a way to its gradients. Parameters are a {@link TensorList} of its own making. */
@SuppressWarnings("UnsafeFinalization") // see Network
interface StreamNetwork {

  int CLASSES = 10;
  int LAYERS = 3;

  /** Units that go into layer {@code l}; of {@link #LAYERS}, what comes out. */
  static long width(int l) {
    return l == 0 ? 784 : l == LAYERS ? CLASSES : 100;
  }

  /**
   * What a batch should give: the loss is Σ weight·CE(z, y) + Σ ½·share·‖z − taught‖².
   *
   * @param labels [batch], rows of what {@link #labels} made
   * @param weight [batch, 1]
   * @param taught [batch, 10]
   * @param share [batch, 1]; null for none, and then {@code taught} too
   */
  record Wish(Tensor labels, Tensor weight, @Nullable Tensor taught, @Nullable Tensor share) {}

  /** Parameters of its own from Engram's layout, where each layer has its weights [out, in] and then its biases. */
  TensorList fromLayout(Tensor layout);

  /** Back again. */
  Tensor toLayout(TensorList parameters);

  /** What {@link #forward} wants of [examples, 784] pixels; made once for all. */
  Tensor inputs(Tensor pixels);

  /** What {@link Wish} wants of [examples] classes; made once for all. */
  Tensor labels(Tensor classes);

  /** Logits, without a thought of gradients. */
  Tensor forward(TensorList parameters, Tensor inputs);

  /** The gradient of a batch's loss; good until the next. */
  TensorList gradient(TensorList parameters, Tensor inputs, Wish wish);

  /** Adds the squares of the gradients of the examples' own cross-entropies. */
  void addSquares(TensorList parameters, Tensor inputs, Tensor labels, TensorList sums);
}
