package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;
import org.jspecify.annotations.Nullable;

/**
 * The first convolution of a network with the batch normalisation and the rectifier behind it. Its patches are those of the network's
 * input, which stays while parameters move: what normalisation needs to know of the convolution's output follows from the patches' mean
 * and covariance, found once for each set of examples, and that output is never stored. The convolution's bias has no effect, since
 * normalisation subtracts it again, and no gradient. The algebra is in stem.cuh.
 *
 * @param window where patches lie
 * @param filters how many
 * @param slope of the rectifier below zero; 1 for none
 * @param tensors where the parameters lie
 */
record Stem(StemWindow window, int filters, float epsilon, float slope, Tensors tensors)
    implements Operation {

  /** The first operation of all. */
  private static final int NUMBER = 0;

  private static final int THREADS = 256;
  private static final int BACK_THREADS = 128;

  // As in the kernels.
  private static final int FILTERS_FORWARD = 16;
  private static final int FILTERS_BACK_SHORT = 4;
  private static final int FILTERS_BACK_LONG = 2;
  private static final int SHORT_PATCH = 9;
  private static final int PIXELS_AT_A_TIME = 512;

  /** More pixels than this are divided among blocks. */
  private static final int MOST_PIXELS = 4096;

  /** Offsets of w, γ and β in the flat parameters. */
  record Tensors(int weight, int gain, int shift) {}

  @Override
  public boolean trainable() {
    return true;
  }

  /** What is remembered of each task's examples: the mean and the covariance of their patches. */
  long inputNoteFloats() {
    return window.patch() * (1L + window.patch());
  }

  /** Sums over a batch from which gradients follow, once more needed for their tangents. */
  long noteFloats() {
    return filters * (1L + window.patch());
  }

  @Override
  public void loaded(Recording to, Frame frame) {
    to.launch(
        "stem_statistics", frame.tasks(), THREADS, 0, parameters(frame, Rows.NONE, null, null));
  }

  @Override
  public void forward(Sweep sweep) {
    image("stem_forward", sweep, null);
  }

  @Override
  public void backward(Sweep sweep, Sink sink, boolean intoInput) {
    gradients("stem_backward", sweep, null, sink);
  }

  @Override
  public void tangent(Sweep sweep, Direction direction, boolean still) {
    image("stem_tangent", sweep, direction);
  }

  @Override
  public void tangentBackward(
      Sweep sweep, Direction direction, Still still, Sink sink, boolean intoInput) {
    // Where nothing moves the direction is zero.
    gradients("stem_tangent_backward", sweep, direction, sink);
  }

  private void image(String kernel, Sweep sweep, @Nullable Direction direction) {
    Frame frame = sweep.frame();
    int groups = ceiling(filters, FILTERS_FORWARD);
    int blocks = Math.multiplyExact(frame.tasks(), groups * slabs(frame));
    ParameterBlock block = parameters(frame, sweep.phi(), direction, null);
    sweep.to().launch(kernel + suffix(), blocks, THREADS, 0, block);
  }

  private boolean shortPatch() {
    return window.patch() <= SHORT_PATCH;
  }

  private String suffix() {
    return shortPatch() ? "_short" : "_long";
  }

  private void gradients(String kernel, Sweep sweep, @Nullable Direction direction, Sink sink) {
    Frame frame = sweep.frame();
    int groups = ceiling(filters, shortPatch() ? FILTERS_BACK_SHORT : FILTERS_BACK_LONG);
    sweep
        .to()
        .launch(
            kernel + suffix(),
            Math.multiplyExact(frame.tasks(), groups),
            BACK_THREADS,
            0,
            parameters(frame, sweep.phi(), direction, sink));
  }

  private ParameterBlock parameters(
      Frame frame, Rows phi, @Nullable Direction direction, @Nullable Sink sink) {
    Rows u = direction == null ? Rows.NONE : direction.values();
    Rows into = sink == null ? Rows.NONE : sink.into();
    Value x = frame.values()[NUMBER];
    Value y = frame.values()[NUMBER + 1];
    Value gy = frame.errors()[NUMBER + 1];
    ParameterBlock block = new ParameterBlock();
    window.patches(block, x);
    StemWindow.plane(block, y);
    StemWindow.plane(block, gy);
    StemWindow.plane(block, direction == null ? y : direction.frame().values()[NUMBER + 1]);
    StemWindow.plane(block, direction == null ? gy : direction.frame().errors()[NUMBER + 1]);
    tensors(block, phi);
    tensors(block, u);
    tensors(block, into);
    int slabs = slabs(frame);
    return block
        .pointer(frame.inputNotes())
        .pointer(frame.notes()[NUMBER])
        .number(filters)
        .number(window.patch())
        .number(window.kernel())
        .number(x.layout().lineStride())
        .number(frame.examples())
        .number(y.layout().height())
        .number(y.layout().width())
        .number(ceiling(ceiling(pixels(frame), slabs), PIXELS_AT_A_TIME) * PIXELS_AT_A_TIME)
        .number(slabs)
        .flag(sink != null && sink.keep())
        .real(epsilon)
        .real(slope)
        .real(sink == null ? 0f : sink.scale());
  }

  private void tensors(ParameterBlock block, Rows parameters) {
    parameters.from(tensors.weight()).to(block);
    parameters.from(tensors.gain()).to(block);
    parameters.from(tensors.shift()).to(block);
  }

  private static int slabs(Frame frame) {
    return ceiling(pixels(frame), MOST_PIXELS);
  }

  private static int pixels(Frame frame) {
    return Math.multiplyExact(frame.examples(), frame.values()[NUMBER + 1].layout().pixels());
  }

  private static int ceiling(int a, int b) {
    return (a + b - 1) / b;
  }
}
