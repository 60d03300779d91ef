package io.engram.benchmarks.libtorch;

import io.engram.benchmarks.libtorch.StreamNetwork.Wish;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The steps of La-MAML, first order: in the trace single examples and meta-batches take turns. */
@SuppressWarnings({"try", "UnsafeFinalization"}) // scopes work by being open; see Network
final class LookAheadSteps implements StreamSteps {

  private final StreamTrace trace;
  private final StreamNetwork network;
  private final TensorList theta;
  private final TensorList fast;
  private final TensorList alpha;
  private final TensorList steps;
  private final TensorList innerSum;
  private final TensorList metaSum;
  private final TensorList alphaGradient;
  private final Tensor inputs;
  private final Tensor labels;
  private final int arriving;
  private final float stepRate;
  private final float clip;

  LookAheadSteps(StreamTrace trace, StreamNetwork network) {
    this.trace = trace;
    this.network = network;
    float[] s = trace.settings;
    arriving = (int) s[0];
    stepRate = s[3];
    clip = s[4];
    theta = network.fromLayout(trace.start);
    fast = network.fromLayout(trace.start);
    alpha = theta.map(tensor -> torch.full_like(tensor, new Scalar(s[2])));
    steps = alpha.copy();
    innerSum = theta.zeros();
    metaSum = theta.zeros();
    alphaGradient = theta.zeros();
    inputs = network.inputs(trace.pixels);
    labels = network.labels(trace.classes);
  }

  @Override
  public void run() {
    for (int s = 0; s < trace.batches.size(); s += 2 * arriving) {
      lookAhead(s);
      try (PointerScope scope = new PointerScope()) {
        update();
      }
    }
  }

  @Override
  public Tensor theta() {
    return network.toLayout(theta);
  }

  private void lookAhead(int from) {
    fast.set(theta);
    innerSum.clear();
    metaSum.clear();
    alphaGradient.clear();
    for (int j = 0; j < arriving; j++) {
      try (PointerScope scope = new PointerScope()) {
        TensorList own = gradient(trace.batches.get(from + 2 * j));
        innerSum.add(1f, own);
        fast.addProduct(-1f, steps, own);
        TensorList meta = gradient(trace.batches.get(from + 2 * j + 1));
        metaSum.add(1f / arriving, meta);
        alphaGradient.addProduct(-1f / arriving, meta, innerSum);
      }
    }
  }

  /** Of the mean loss at the fast weights. */
  private TensorList gradient(Tensor batch) {
    long size = batch.size(0);
    Tensor weight = torch.full(new long[] {size, 1}, new Scalar(1f / size));
    Wish wish = new Wish(labels.index_select(0, batch), weight, null, null);
    return network.gradient(fast, inputs.index_select(0, batch), wish);
  }

  private void update() {
    float share = shortening(metaSum);
    alphaGradient.keepWherePositive(alpha);
    alpha.add(-stepRate * shortening(alphaGradient), alphaGradient);
    steps.rectify(alpha);
    theta.addProduct(-share, steps, metaSum);
  }

  private float shortening(TensorList gradient) {
    return (float) Math.min(1, clip / gradient.norm());
  }
}
