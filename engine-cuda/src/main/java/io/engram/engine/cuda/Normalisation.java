package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;
import org.jspecify.annotations.Nullable;

/**
 * Batch or layer normalisation, with the rectifier behind it.
 *
 * @param number of this operation
 * @param extent what is normalised together
 * @param slope of the rectifier below zero; 1 for none
 * @param gain offset of γ in the flat parameters
 * @param shift offset of β
 * @param sharedBytes what a block may have
 */
record Normalisation(
    int number, Extent extent, float epsilon, float slope, int gain, int shift, int sharedBytes)
    implements Operation {

  /**
   * What is normalised together: a group has one mean and one variance.
   *
   * @param layer whether a group is an example's features, not a channel's examples
   * @param features channels of an image, or elements of a vector
   * @param pixels of each channel
   */
  record Extent(boolean layer, int features, int pixels) {

    int groups(int examples) {
      return layer ? examples : features;
    }

    int members(int examples) {
      return layer ? features * pixels : examples * pixels;
    }
  }

  private static final int THREADS = 256;

  /** Of blocks for small groups. */
  private static final int NARROW = 64;

  private static final int SMALL_GROUP = 512;

  @Override
  public boolean trainable() {
    return true;
  }

  /** μ and r of each group, and as much for their tangents. */
  long noteFloats(int examples) {
    return 4L * extent.groups(examples);
  }

  @Override
  public void forward(Sweep sweep) {
    launch("norm_forward", sweep, null, false, null, false, 1);
  }

  @Override
  public void backward(Sweep sweep, Sink sink, boolean intoInput) {
    if (intoInput || !extent.layer) {
      launch("norm_backward", sweep, null, false, sink, intoInput, 2);
    }
    gains(sweep, null, false, sink);
  }

  @Override
  public void tangent(Sweep sweep, Direction direction, boolean still) {
    launch("norm_tangent", sweep, direction, still, null, false, 0);
  }

  @Override
  public void tangentBackward(
      Sweep sweep, Direction direction, Still still, Sink sink, boolean intoInput) {
    if (intoInput || !extent.layer) {
      launch("norm_tangent_backward", sweep, direction, still.input(), sink, intoInput, 0);
    }
    gains(sweep, direction, still.input(), sink);
  }

  /** Layer normalisation shares its gains among groups; those of batch normalisation are done on the way. */
  private void gains(Sweep sweep, @Nullable Direction direction, boolean still, Sink sink) {
    if (extent.layer) {
      Frame frame = sweep.frame();
      sweep
          .to()
          .each(
              "layer_norm_gains",
              frame.tasks(),
              extent.members(frame.examples()),
              parameters(sweep, direction, still, sink, false, false, THREADS));
    }
  }

  /** @param columns how many times its members a block would like to keep in shared memory */
  private void launch(
      String kernel,
      Sweep sweep,
      @Nullable Direction direction,
      boolean still,
      @Nullable Sink sink,
      boolean intoInput,
      int columns) {
    Frame frame = sweep.frame();
    long bytes = 4L * columns * extent.members(frame.examples());
    boolean cached = bytes <= sharedBytes;
    boolean narrow = extent.members(frame.examples()) <= SMALL_GROUP;
    int threads = narrow ? NARROW : THREADS;
    sweep
        .to()
        .launch(
            narrow ? kernel + "_narrow" : kernel,
            Math.multiplyExact(frame.tasks(), extent.groups(frame.examples())),
            threads,
            cached ? (int) bytes : 0,
            parameters(sweep, direction, still, sink, intoInput, cached, threads));
  }

  private ParameterBlock parameters(
      Sweep sweep,
      @Nullable Direction direction,
      boolean still,
      @Nullable Sink sink,
      boolean intoInput,
      boolean cached,
      int threads) {
    Frame frame = sweep.frame();
    Rows u = direction == null ? Rows.NONE : direction.values();
    Rows into = sink == null ? Rows.NONE : sink.into();
    ParameterBlock block = new ParameterBlock();
    frame.values()[number].to(block);
    frame.values()[number + 1].to(block);
    frame.errors()[number + 1].to(block);
    frame.errors()[number].onlyIf(intoInput && direction == null).to(block);
    if (direction == null) {
      for (int i = 0; i < 4; i++) {
        Value.none(block);
      }
    } else {
      direction.frame().values()[number].to(block);
      direction.frame().values()[number + 1].to(block);
      direction.frame().errors()[number + 1].to(block);
      direction.frame().errors()[number].onlyIf(intoInput).to(block);
    }
    sweep.phi().from(gain).to(block);
    sweep.phi().from(shift).to(block);
    u.from(gain).to(block);
    u.from(shift).to(block);
    into.from(gain).to(block);
    into.from(shift).to(block);
    long statistics = frame.notes()[number];
    return block
        .pointer(statistics)
        .pointer(statistics + 8L * frame.tasks() * extent.groups(frame.examples()))
        .flag(extent.layer)
        .number(extent.groups(frame.examples()))
        .number(extent.members(frame.examples()))
        .number(extent.pixels)
        .number(threads % extent.pixels)
        .number(threads / extent.pixels)
        .flag(sink != null && sink.keep())
        .flag(still)
        .flag(cached)
        .real(epsilon)
        .real(slope)
        .real(sink == null ? 0f : sink.scale());
  }
}
