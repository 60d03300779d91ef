package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Y = X·Wᵀ + b for rows X [n, in], with W kept as [out, in], which is how DL4J lays it out.
 *
 * <p>Right before a batch-norm b changes nothing, since the mean is subtracted, and its gradient is zero. There {@code biased} is
 * false: no time is spent on it, and Adam does not turn the rounding error of zero into steps.
 */
final class Dense implements Operation {

  private final int inputs;
  private final int outputs;
  private final int weight;
  private final int bias;
  private final boolean biased;

  Dense(int inputs, int outputs, int weight, int bias, boolean biased) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weight = weight;
    this.bias = bias;
    this.biased = biased;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /** The tensor W. */
  int weight() {
    return weight;
  }

  /** The tensor b. */
  int bias() {
    return bias;
  }

  @Override
  public Frame frame(Frame input) {
    return new State(outputs);
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    Gemm.NT.multiply(
        n,
        outputs,
        inputs,
        1f,
        in.value.readNative(),
        w.tensor(weight).readNative(),
        0f,
        out.value.writeNative(n * outputs));
    addBias(out, out.value, w, n);
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    FloatPointer g = out.gradient.readNative();
    if (intoInput) {
      FloatPointer into = in.gradient.writeNative(n * inputs);
      Gemm.NN.multiply(n, inputs, outputs, 1f, g, w.tensor(weight).readNative(), 0f, into);
    }
    addOuter(g, in.value.readNative(), sink, sink.beta(), n);
    biasGradient(out, out.gradient, sink, n);
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    int n = site.examples;
    FloatPointer tangent = site.tout.value.writeNative(n * outputs);
    float beta = 0f;
    if (!site.tin.still) {
      FloatPointer tx = site.tin.value.readNative();
      Gemm.NT.multiply(n, outputs, inputs, 1f, tx, w.tensor(weight).readNative(), 0f, tangent);
      beta = 1f;
    }
    if (site.moving) {
      FloatPointer x = site.in.value.readNative();
      Gemm.NT.multiply(n, outputs, inputs, 1f, x, u.tensor(weight).readNative(), beta, tangent);
      addBias(site.out, site.tout.value, u, n);
    }
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    int n = site.examples;
    FloatPointer tg = site.tout.gradient.readNative();
    if (intoInput) {
      FloatPointer into = site.tin.gradient.writeNative(n * inputs);
      Gemm.NN.multiply(n, inputs, outputs, 1f, tg, w.tensor(weight).readNative(), 0f, into);
      if (site.moving) {
        FloatPointer g = site.out.gradient.readNative();
        Gemm.NN.multiply(n, inputs, outputs, 1f, g, u.tensor(weight).readNative(), 1f, into);
      }
    }
    addOuter(tg, site.in.value.readNative(), sink, 1f, n);
    if (!site.tin.still) {
      addOuter(site.out.gradient.readNative(), site.tin.value.readNative(), sink, 1f, n);
    }
    biasGradient(site.out, site.tout.gradient, sink, n);
  }

  private void addOuter(FloatPointer g, FloatPointer x, Sink sink, float beta, int n) {
    Gemm.TN.multiply(
        outputs, inputs, n, sink.scale(weight), g, x, beta, sink.matrix(weight, outputs * inputs));
  }

  /** Adds the bias in {@code w} to every row; {@code frame} is any of this operation's. */
  void addBias(Frame frame, Slab rows, Parameters w, int n) {
    if (biased) {
      ((State) frame).columns.addRow(rows, w.tensor(bias), n);
    }
  }

  /** Hands the bias's gradient to the sink. */
  void biasGradient(Frame frame, Slab gradient, Sink sink, int n) {
    if (!biased) {
      sink.zero(bias, outputs);
      return;
    }
    State state = (State) frame;
    state.columns.sum(gradient, n, state.sums);
    sink.vector(bias, state.sums, outputs);
  }

  private static final class State extends Frame {
    final Columns columns;
    final double[] sums;

    State(int outputs) {
      columns = new Columns(outputs);
      sums = new double[outputs];
    }
  }
}
