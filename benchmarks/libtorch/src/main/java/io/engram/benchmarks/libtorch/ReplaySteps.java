package io.engram.benchmarks.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The steps of Engram's own continual learner (ConsolidatingReplay). */
@SuppressWarnings({"try", "UnsafeFinalization"}) // scopes work by being open; see Network
final class ReplaySteps {

  private final StreamTrace trace;
  private final FlatNetwork network = new FlatNetwork();
  private final Tensor theta;
  private final Tensor slow;
  private final Tensor steps;
  private final Tensor importance;
  private final Tensor gradient;
  private final Tensor kept;
  private final Tensor[] weights;
  private final Tensor[] slowWeights;
  private final Tensor[] importances;
  private final Tensor[] gradients;
  private final Tensor inputs;

  /** What the teacher says of the new examples when they arrive. */
  private final Tensor answered;

  private final int arriving;
  private final float step;
  private final float longest;
  private final float hardening;
  private final float pull;
  private final float teaching;
  private final float trust;
  private final float slowness;

  ReplaySteps(StreamTrace trace) {
    this.trace = trace;
    float[] s = trace.settings;
    arriving = (int) s[0];
    step = s[2];
    longest = s[3];
    hardening = s[4];
    pull = s[5];
    teaching = s[6];
    trust = s[7];
    slowness = s[8];
    theta = trace.start.clone();
    slow = theta.clone();
    steps = torch.full_like(theta, new Scalar(step));
    importance = torch.zeros_like(theta);
    gradient = torch.zeros_like(theta);
    kept = torch.zeros_like(trace.labels);
    weights = FlatNetwork.layers(theta);
    slowWeights = FlatNetwork.layers(slow);
    importances = FlatNetwork.layers(importance);
    gradients = FlatNetwork.layers(gradient);
    inputs = withOne(trace.pixels);
    answered = torch.zeros(arriving, StreamTrace.CLASSES);
  }

  static Tensor withOne(Tensor pixels) {
    return torch.cat(new TensorVector(pixels, torch.ones(pixels.size(0), 1)), 1);
  }

  /** θ after all steps. */
  Tensor run() {
    int glances = (int) trace.settings[1];
    for (int s = 0; s < trace.batches.size(); s++) {
      try (PointerScope scope = new PointerScope()) {
        Tensor batch = trace.batches.get(s);
        if (s % glances == 0) {
          Tensor x = inputs.index_select(0, batch.narrow(0, 0, arriving));
          answered.copy_(network.forward(slowWeights, x));
        }
        glance(batch, s + 1);
        if ((s + 1) % glances == 0) {
          settle(batch.narrow(0, 0, arriving));
        }
        network.clear();
      }
    }
    return theta;
  }

  private void glance(Tensor batch, int updates) {
    Tensor x = inputs.index_select(0, batch);
    Tensor y = trace.labels.index_select(0, batch);
    Tensor taught = answered;
    Tensor right = taught.softmax(1).mul(y.narrow(0, 0, arriving)).sum(new long[] {1}, true, null);
    Tensor share = right.pow(new Scalar(trust)).mul(new Scalar(teaching / arriving));
    Tensor weight = torch.full(new long[] {arriving, 1}, new Scalar(1f / arriving));
    long replayed = batch.size(0) - arriving;
    if (replayed > 0) {
      Tensor remembered = kept.index_select(0, batch.narrow(0, arriving, replayed));
      long[] column = {replayed, 1};
      taught = torch.cat(new TensorVector(taught, remembered), 0);
      share =
          torch.cat(new TensorVector(share, torch.full(column, new Scalar(pull / replayed))), 0);
      weight =
          torch.cat(new TensorVector(weight, torch.full(column, new Scalar(1f / replayed))), 0);
    }
    Tensor z = network.forward(weights, x);
    Tensor delta = z.softmax(1).sub_(y).mul_(weight);
    delta.addcmul_(z.sub(taught), share);
    network.backward(weights, delta);
    network.gradient(gradients);
    double norm = gradient.norm().item_double();
    theta.addcmul_(steps, gradient, new Scalar((float) -Math.min(1, longest / norm)));
    slow.lerp_(theta, new Scalar(Math.max(slowness, 1f / (updates + 1))));
  }

  /** Hardens and keeps the answers. */
  private void settle(Tensor arrived) {
    Tensor x = inputs.index_select(0, arrived);
    Tensor z = network.forward(weights, x);
    network.backward(weights, z.softmax(1).sub_(trace.labels.index_select(0, arrived)));
    network.addSquares(importances);
    torch.mul_out(steps, importance, torch.scalar_tensor(new Scalar(hardening)));
    steps.add_(new Scalar(1f)).reciprocal_().mul_(new Scalar(step));
    kept.index_copy_(0, arrived, network.forward(weights, x));
  }
}
