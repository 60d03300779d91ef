package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A layer {@code y = W·x + b}, dense or a convolution: products that differ in their tables. */
final class Linear implements Operation {

  private static final int THREADS = 256;

  /** The products of a linear layer for some number of examples. */
  interface Shape {

    /** y[output][example and pixel]. */
    Product forward(int examples);

    /** ∂W from the errors of y (first factor) and x (second factor). */
    Product weightGradient(int examples);

    /** The errors of x from W (first factor) and the errors of y (second factor); together they write every element of x. */
    List<Product> inputErrors(int examples);

    /** Whether the weights are the first factor of {@link #inputErrors}; else the second. */
    boolean weightsFirst();

    /** In which order {@link #inputErrors} wants the weights: where each comes from. Empty for the order they have. */
    default int[] turned() {
      return new int[0];
    }
  }

  private final int number;
  private final Tables tables;
  private final Shape shape;
  private final int weight;
  private final int bias;
  private final boolean biased;
  private final int[] turned;
  private final Map<Integer, Prepared> prepared = new HashMap<>();

  private record Prepared(Product forward, Product weightGradient, List<Product> inputErrors) {}

  /**
   * A layer.
   *
   * @param number of this operation
   * @param weight offset of W in the flat parameters
   * @param bias offset of b
   * @param biased whether b has a gradient: before batch normalisation it has none
   */
  Linear(int number, Tables tables, Shape shape, int weight, int bias, boolean biased) {
    this.tables = tables;
    this.number = number;
    this.shape = shape;
    this.weight = weight;
    this.bias = bias;
    this.biased = biased;
    this.turned = shape.turned();
  }

  @Override
  public boolean trainable() {
    return true;
  }

  /** Room for the weights in the order of the way back. */
  long noteFloats() {
    return turned.length;
  }

  @Override
  public void forward(Sweep sweep) {
    Frame frame = sweep.frame();
    image(sweep, frame.values()[number], frame.values()[number + 1], sweep.phi(), true, false);
  }

  @Override
  public void backward(Sweep sweep, Sink sink, boolean intoInput) {
    Frame frame = sweep.frame();
    Value error = frame.errors()[number + 1];
    weights(sweep, error, frame.values()[number], sink);
    biases(sweep, error, sink);
    if (intoInput) {
      back(sweep, frame, sweep.phi(), error, frame.errors()[number], false);
    }
  }

  @Override
  public void tangent(Sweep sweep, Direction direction, boolean still) {
    Value ty = direction.frame().values()[number + 1];
    // dy = dW·x + db + W·dx
    image(sweep, sweep.frame().values()[number], ty, direction.values(), true, false);
    if (!still) {
      image(sweep, direction.frame().values()[number], ty, sweep.phi(), false, true);
    }
  }

  @Override
  public void tangentBackward(
      Sweep sweep, Direction direction, Still still, Sink sink, boolean intoInput) {
    Frame frame = sweep.frame();
    Value error = frame.errors()[number + 1];
    Value tangent = direction.frame().errors()[number + 1];
    weights(sweep, tangent, frame.values()[number], sink);
    if (!still.input()) {
      Sink more = new Sink(sink.into(), sink.scale(), true);
      weights(sweep, error, direction.frame().values()[number], more);
    }
    biases(sweep, tangent, sink);
    if (intoInput) {
      Value into = direction.frame().errors()[number];
      back(sweep, frame, sweep.phi(), tangent, into, false);
      if (!still.all()) {
        back(sweep, direction.frame(), direction.values(), error, into, true);
      }
    }
  }

  private void image(
      Sweep sweep, Value x, Value y, Rows parameters, boolean withBias, boolean keep) {
    Rows b = withBias ? parameters.from(bias) : Rows.NONE;
    prepared(sweep)
        .forward
        .record(
            sweep.to(),
            new Product.Call(
                sweep.frame().tasks(), parameters.from(weight), rows(x), rows(y), b, 1f, keep));
  }

  private void weights(Sweep sweep, Value error, Value x, Sink sink) {
    prepared(sweep)
        .weightGradient
        .record(
            sweep.to(),
            new Product.Call(
                sweep.frame().tasks(),
                rows(error),
                rows(x),
                sink.into().from(weight),
                Rows.NONE,
                sink.scale(),
                sink.keep()));
  }

  private void biases(Sweep sweep, Value error, Sink sink) {
    if (!biased) {
      return;
    }
    Layout layout = error.layout();
    ParameterBlock block = error.to(new ParameterBlock());
    sink.into()
        .from(bias)
        .to(block)
        .number(layout.channels())
        .number(layout.pixels())
        .number(sweep.frame().examples())
        .flag(sink.keep())
        .real(sink.scale());
    int blocks = Math.multiplyExact(sweep.frame().tasks(), layout.channels());
    sweep.to().launch("bias_gradient", blocks, THREADS, 0, block);
  }

  private void back(
      Sweep sweep, Frame room, Rows parameters, Value error, Value into, boolean keep) {
    Rows w = turned.length == 0 ? parameters.from(weight) : turn(sweep, room, parameters);
    Rows a = shape.weightsFirst() ? w : rows(error);
    Rows b = shape.weightsFirst() ? rows(error) : w;
    Product.record(
        sweep.to(),
        prepared(sweep).inputErrors,
        new Product.Call(sweep.frame().tasks(), a, b, rows(into), Rows.NONE, 1f, keep));
  }

  /** The weights in the order of the way back, once for all tasks where all have the same. */
  private Rows turn(Sweep sweep, Frame room, Rows parameters) {
    int tasks = parameters.stride() == 0 ? 1 : sweep.frame().tasks();
    Rows into = new Rows(room.notes()[number], tasks == 1 ? 0 : turned.length);
    ParameterBlock block = parameters.from(weight).to(new ParameterBlock());
    into.to(block).pointer(tables.of(turned)).number(turned.length);
    sweep.to().sweep("pick", tasks, turned.length, block);
    return into;
  }

  private static Rows rows(Value value) {
    return new Rows(value.data(), value.taskStride());
  }

  private Prepared prepared(Sweep sweep) {
    return prepared.computeIfAbsent(
        sweep.frame().examples(),
        n -> new Prepared(shape.forward(n), shape.weightGradient(n), shape.inputErrors(n)));
  }
}
