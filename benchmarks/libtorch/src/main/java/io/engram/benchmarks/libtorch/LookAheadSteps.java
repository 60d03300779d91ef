package io.engram.benchmarks.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The steps of La-MAML, first order: in the trace single examples and meta-batches take turns. */
@SuppressWarnings({"try", "UnsafeFinalization"}) // scopes work by being open; see Network
final class LookAheadSteps {

  private final StreamTrace trace;
  private final FlatNetwork network = new FlatNetwork();
  private final Tensor theta;
  private final Tensor fast;
  private final Tensor alpha;
  private final Tensor steps;
  private final Tensor gradient;
  private final Tensor innerSum;
  private final Tensor metaSum;
  private final Tensor alphaGradient;
  private final Tensor[] fastWeights;
  private final Tensor[] gradients;
  private final Tensor inputs;
  private final int arriving;
  private final float stepRate;
  private final float clip;

  LookAheadSteps(StreamTrace trace) {
    this.trace = trace;
    float[] s = trace.settings;
    arriving = (int) s[0];
    stepRate = s[3];
    clip = s[4];
    theta = trace.start.clone();
    fast = theta.clone();
    alpha = torch.full_like(theta, new Scalar(s[2]));
    steps = alpha.clone();
    gradient = torch.zeros_like(theta);
    innerSum = torch.zeros_like(theta);
    metaSum = torch.zeros_like(theta);
    alphaGradient = torch.zeros_like(theta);
    fastWeights = FlatNetwork.layers(fast);
    gradients = FlatNetwork.layers(gradient);
    inputs = ReplaySteps.withOne(trace.pixels);
  }

  /** θ after all steps. */
  Tensor run() {
    for (int s = 0; s < trace.batches.size(); s += 2 * arriving) {
      try (PointerScope scope = new PointerScope()) {
        lookAhead(s);
        update();
        network.clear();
      }
    }
    return theta;
  }

  private void lookAhead(int from) {
    fast.copy_(theta);
    innerSum.zero_();
    metaSum.zero_();
    alphaGradient.zero_();
    for (int j = 0; j < arriving; j++) {
      differentiate(trace.batches.get(from + 2 * j), 1f);
      innerSum.add_(gradient);
      fast.addcmul_(steps, gradient, new Scalar(-1f));
      Tensor meta = trace.batches.get(from + 2 * j + 1);
      differentiate(meta, 1f / (meta.size(0) * arriving));
      metaSum.add_(gradient);
      alphaGradient.addcmul_(gradient, innerSum, new Scalar(-1f));
    }
  }

  /** Writes the gradient at the fast weights. */
  private void differentiate(Tensor batch, float weight) {
    Tensor z = network.forward(fastWeights, inputs.index_select(0, batch));
    Tensor delta = z.softmax(1).sub_(trace.labels.index_select(0, batch));
    network.backward(fastWeights, delta.mul_(new Scalar(weight)));
    network.gradient(gradients);
  }

  private void update() {
    shorten(metaSum);
    alphaGradient.mul_(alpha.gt(new Scalar(0f)));
    shorten(alphaGradient);
    alpha.sub_(alphaGradient, new Scalar(stepRate));
    torch.clamp_min_out(steps, alpha, new Scalar(0f));
    theta.addcmul_(steps, metaSum, new Scalar(-1f));
  }

  private void shorten(Tensor vector) {
    double norm = vector.norm().item_double();
    if (norm > clip) {
      vector.mul_(new Scalar((float) (clip / norm)));
    }
  }
}
