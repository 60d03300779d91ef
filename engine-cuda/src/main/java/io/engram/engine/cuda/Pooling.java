package io.engram.engine.cuda;

import io.engram.core.network.Shape.Image;
import io.engram.engine.cuda.device.ParameterBlock;

/**
 * Maxima or means of windows.
 *
 * @param number of this operation
 * @param max whether it takes maxima
 * @param in the images before
 * @param out the images behind
 */
record Pooling(int number, boolean max, Image in, Image out, int kernel, int stride)
    implements Operation {

  @Override
  public boolean trainable() {
    return false;
  }

  /** Which element each maximum is. */
  long noteFloats(int examples) {
    return max ? (long) examples * out.size() : 0;
  }

  @Override
  public void forward(Sweep sweep) {
    Value[] values = sweep.frame().values();
    launch("pooling_forward", sweep, values[number], values[number + 1], out.size());
  }

  @Override
  public void backward(Sweep sweep, Sink sink, boolean intoInput) {
    if (intoInput) {
      Value[] errors = sweep.frame().errors();
      launch("pooling_backward", sweep, errors[number], errors[number + 1], in.size());
    }
  }

  @Override
  public void tangent(Sweep sweep, Direction direction, boolean still) {
    Value[] tangents = direction.frame().values();
    String kernel = max ? "pooling_same" : "pooling_forward";
    launch(kernel, sweep, tangents[number], tangents[number + 1], out.size());
  }

  @Override
  public void tangentBackward(
      Sweep sweep, Direction direction, Still still, Sink sink, boolean intoInput) {
    if (intoInput) {
      Value[] errors = direction.frame().errors();
      launch("pooling_backward", sweep, errors[number], errors[number + 1], in.size());
    }
  }

  private void launch(String name, Sweep sweep, Value x, Value y, int elements) {
    Frame frame = sweep.frame();
    ParameterBlock block = new ParameterBlock();
    x.to(block);
    y.to(block);
    block
        .pointer(frame.notes()[number])
        .number(in.channels())
        .number(in.height())
        .number(in.width())
        .number(out.height())
        .number(out.width())
        .number(kernel)
        .number(stride)
        .number(frame.examples());
    sweep.to().each(name, frame.tasks(), (long) frame.examples() * elements, block);
  }
}
