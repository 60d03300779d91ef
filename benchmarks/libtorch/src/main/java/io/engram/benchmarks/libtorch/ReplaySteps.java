package io.engram.benchmarks.libtorch;

import io.engram.benchmarks.libtorch.StreamNetwork.Wish;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The steps of Engram's own continual learner (ConsolidatingReplay). */
@SuppressWarnings({"try", "UnsafeFinalization"}) // scopes work by being open; see Network
final class ReplaySteps implements StreamSteps {

  private final StreamTrace trace;
  private final StreamNetwork network;
  private final TensorList theta;
  private final TensorList slow;
  private final TensorList steps;
  private final TensorList importance;
  private final Tensor inputs;
  private final Tensor labels;
  private final Tensor kept;
  private final int arriving;
  private final int glances;
  private final float step;
  private final float longest;
  private final float hardening;
  private final float pull;
  private final float teaching;
  private final float trust;
  private final float slowness;
  private long updates;

  ReplaySteps(StreamTrace trace, StreamNetwork network) {
    this.trace = trace;
    this.network = network;
    float[] s = trace.settings;
    arriving = (int) s[0];
    glances = (int) s[1];
    step = s[2];
    longest = s[3];
    hardening = s[4];
    pull = s[5];
    teaching = s[6];
    trust = s[7];
    slowness = s[8];
    theta = network.fromLayout(trace.start);
    slow = theta.copy();
    steps = theta.map(tensor -> torch.full_like(tensor, new Scalar(step)));
    importance = theta.zeros();
    inputs = network.inputs(trace.pixels);
    labels = network.labels(trace.classes);
    kept = torch.zeros(trace.classes.size(0), StreamNetwork.CLASSES);
  }

  @Override
  public void run() {
    for (int s = 0; s < trace.batches.size(); s += glances) {
      try (PointerScope scope = new PointerScope()) {
        learn(s);
      }
    }
  }

  @Override
  public Tensor theta() {
    return network.toLayout(theta);
  }

  private void learn(int from) {
    Tensor first = trace.batches.get(from);
    Tensor arrived = first.narrow(0, 0, arriving);
    long replayed = first.size(0) - arriving;
    Tensor answered = network.forward(slow, inputs.index_select(0, arrived));
    Tensor truth = trace.classes.index_select(0, arrived).unsqueeze(1);
    Tensor believed =
        answered
            .softmax(1)
            .gather(1, truth)
            .pow_(new Scalar(trust))
            .mul_(new Scalar(teaching / arriving));
    Tensor share = joined(believed, replayed, pull / replayed);
    Tensor even = torch.full(new long[] {arriving, 1}, new Scalar(1f / arriving));
    Tensor weight = joined(even, replayed, 1f / replayed);
    for (int glance = 0; glance < glances; glance++) {
      try (PointerScope scope = new PointerScope()) {
        glance(trace.batches.get(from + glance), answered, weight, share);
      }
    }
    Tensor x = inputs.index_select(0, arrived);
    network.addSquares(theta, x, labels.index_select(0, arrived), importance);
    steps.dampen(step, hardening, importance);
    kept.index_copy_(0, arrived, network.forward(theta, x));
  }

  /** A column for the new, continued with one value for the replayed. */
  private static Tensor joined(Tensor column, long replayed, float value) {
    if (replayed == 0) {
      return column;
    }
    Tensor rest = torch.full(new long[] {replayed, 1}, new Scalar(value));
    return torch.cat(new TensorVector(column, rest), 0);
  }

  private void glance(Tensor batch, Tensor answered, Tensor weight, Tensor share) {
    long replayed = batch.size(0) - arriving;
    Tensor taught = answered;
    if (replayed > 0) {
      Tensor remembered = kept.index_select(0, batch.narrow(0, arriving, replayed));
      taught = torch.cat(new TensorVector(answered, remembered), 0);
    }
    Wish wish = new Wish(labels.index_select(0, batch), weight, taught, share);
    TensorList gradient = network.gradient(theta, inputs.index_select(0, batch), wish);
    float shortened = (float) Math.min(1, longest / gradient.norm());
    theta.addProduct(-shortened, steps, gradient);
    updates++;
    slow.average(theta, Math.max(slowness, 1f / (updates + 1)));
  }
}
