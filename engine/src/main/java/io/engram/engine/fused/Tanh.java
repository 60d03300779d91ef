package io.engram.engine.fused;

/** y = tanh x; y' = 1 − y². Along a direction: ẏ = (1 − y²)ẋ, ∂ẋ = (1 − y²)ġ − 2y·ẏ·g. */
final class Tanh implements Operation {

  private final int size;

  Tanh(int size) {
    this.size = size;
  }

  @Override
  public Frame frame(Frame input) {
    return new Frame();
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    float[] x = in.value.readHeap();
    float[] y = out.value.writeHeap(n * size);
    for (int i = 0; i < n * size; i++) {
      y[i] = (float) Math.tanh(x[i]);
    }
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      slope(out.value.readHeap(), out.gradient, in.gradient, n);
    }
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    slope(site.out.value.readHeap(), site.tin.value, site.tout.value, site.examples);
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    if (!intoInput) {
      return;
    }
    int n = site.examples;
    float[] y = site.out.value.readHeap();
    slope(y, site.tout.gradient, site.tin.gradient, n);
    if (!site.tin.still) {
      float[] ty = site.tout.value.readHeap();
      float[] g = site.out.gradient.readHeap();
      float[] into = site.tin.gradient.updateHeap();
      for (int i = 0; i < n * size; i++) {
        into[i] -= 2 * y[i] * ty[i] * g[i];
      }
    }
  }

  private void slope(float[] y, Slab from, Slab to, int n) {
    float[] g = from.readHeap();
    float[] into = to.writeHeap(n * size);
    for (int i = 0; i < n * size; i++) {
      into[i] = (1 - y[i] * y[i]) * g[i];
    }
  }
}
