package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;
import org.jspecify.annotations.Nullable;

/**
 * A rectifier that no normalisation stands before, or tanh.
 *
 * @param number of this operation
 * @param kind which function
 * @param slope of a rectifier below zero
 * @param features of an example
 */
record Elementwise(int number, Kind kind, float slope, int features) implements Operation {

  /** What the kernels know. */
  enum Kind {
    RECTIFIER(0),
    TANH(1);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  @Override
  public boolean trainable() {
    return false;
  }

  @Override
  public void forward(Sweep sweep) {
    Frame frame = sweep.frame();
    ParameterBlock block = new ParameterBlock();
    frame.values()[number].to(block);
    frame.values()[number + 1].to(block);
    block.number(kind.number).real(slope).number(frame.examples()).number(features);
    sweep.to().each("activation_forward", frame.tasks(), (long) frame.examples() * features, block);
  }

  @Override
  public void backward(Sweep sweep, Sink sink, boolean intoInput) {
    if (intoInput) {
      Frame frame = sweep.frame();
      product(sweep, frame.errors()[number + 1], frame.errors()[number], null);
    }
  }

  @Override
  public void tangent(Sweep sweep, Direction direction, boolean still) {
    Value[] tangents = direction.frame().values();
    product(sweep, tangents[number], tangents[number + 1], null);
  }

  @Override
  public void tangentBackward(
      Sweep sweep, Direction direction, Still still, Sink sink, boolean intoInput) {
    if (intoInput) {
      boolean curved = kind == Kind.TANH && !still.input();
      Value[] errors = direction.frame().errors();
      product(
          sweep,
          errors[number + 1],
          errors[number],
          curved ? direction.frame().values()[number + 1] : null);
    }
  }

  /** to = f′·from, and where ty is given what the curve of f adds. */
  private void product(Sweep sweep, Value from, Value to, @Nullable Value ty) {
    Frame frame = sweep.frame();
    ParameterBlock block = new ParameterBlock();
    frame.values()[number + 1].to(block);
    from.to(block);
    to.to(block);
    if (ty == null) {
      Value.none(block);
    } else {
      ty.to(block);
    }
    frame.errors()[number + 1].to(block);
    block.number(kind.number).real(slope).number(frame.examples()).number(features);
    sweep.to().each("activation_product", frame.tasks(), (long) frame.examples() * features, block);
  }
}
