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
    int count = n * size;
    if (slope == 0f) {
      for (int i = 0; i < count; i++) {
        y[i] = Math.max(0f, x[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        y[i] = Math.max(slope * x[i], x[i]);
      }
    }
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      gate(out.value.readHeap(), out.gradient, in.gradient, n);
    }
  }

  @Override
  public void forwardTangent(
      Frame in,
      Frame out,
      Frame tin,
      Frame tout,
      Parameters w,
      Parameters u,
      int n,
      boolean moving) {
    tout.still = tin.still;
    if (!tout.still) {
      gate(out.value.readHeap(), tin.value, tout.value, n);
    }
  }

  @Override
  public void backwardTangent(
      Frame in,
      Frame out,
      Frame tin,
      Frame tout,
      Parameters w,
      Parameters u,
      Sink sink,
      int n,
      boolean intoInput,
      boolean moving) {
    if (intoInput) {
      gate(out.value.readHeap(), tout.gradient, tin.gradient, n);
    }
  }

  /**
   * to = from where y is positive, slope·from elsewhere. For ReLU the gate is min(1, y·huge): 0 or 1 for every y that is not
   * denormal, without a branch, which HotSpot would not vectorise.
   */
  private void gate(float[] y, Slab from, Slab to, int n) {
    float[] g = inPlace ? from.updateHeap() : from.readHeap();
    float[] into = inPlace ? g : to.writeHeap(n * size);
    int count = n * size;
    if (slope == 0f) {
      for (int i = 0; i < count; i++) {
        into[i] = g[i] * Math.min(1f, y[i] * Float.MAX_VALUE);
      }
    } else {
      for (int i = 0; i < count; i++) {
        into[i] = y[i] > 0 ? g[i] : slope * g[i];
      }
    }
  }
}
