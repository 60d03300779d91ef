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
    float[] x = inPlace ? in.value.updateHeap() : in.value.readHeap();
    float[] y = inPlace ? x : out.value.writeHeap(n * size);
    Gate.rectify(x, slope, y, 0, n * size);
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      gate(out.value.readHeap(), out.gradient, in.gradient, n);
    }
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    site.tout.still = site.tin.still;
    if (!site.tout.still) {
      gate(site.out.value.readHeap(), site.tin.value, site.tout.value, site.examples);
    }
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    if (intoInput) {
      gate(site.out.value.readHeap(), site.tout.gradient, site.tin.gradient, site.examples);
    }
  }

  private void gate(float[] y, Slab from, Slab to, int n) {
    float[] g = inPlace ? from.updateHeap() : from.readHeap();
    float[] into = inPlace ? g : to.writeHeap(n * size);
    Gate.pass(y, slope, g, into, 0, n * size);
  }
}
