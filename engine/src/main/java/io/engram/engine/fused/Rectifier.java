package io.engram.engine.fused;

/**
 * Leaky ReLU, y = max(x, slope·x); ReLU at slope 0. Its derivative can be told from y alone, so it works in place on the
 * frame of the operation before it where that does not need its own output again.
 */
final class Rectifier implements Operation {

  private final int size;
  private final float slope;
  private final boolean inPlace;

  /**
   * For examples of a fixed size.
   *
   * @param size floats per example
   * @param inPlace whether to share the buffers of the operation before
   */
  Rectifier(int size, float slope, boolean inPlace) {
    this.size = size;
    this.slope = slope;
    this.inPlace = inPlace;
  }

  @Override
  public Frame frame(Frame input) {
    return inPlace ? new Frame(input) : new Frame();
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    Gate.rectify(in.value, slope, out.value, n * size);
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      Gate.pass(out.value, slope, out.gradient, in.gradient, n * size);
    }
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    Gate.pass(site.out.value, slope, site.tin.value, site.tout.value, site.examples * size);
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    if (intoInput) {
      Gate.pass(site.out.value, slope, site.tout.gradient, site.tin.gradient, site.examples * size);
    }
  }
}
