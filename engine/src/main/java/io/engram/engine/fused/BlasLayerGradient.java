package io.engram.engine.fused;

import java.nio.FloatBuffer;

/**
 * By BLAS, strip by strip. G is copied to where its weights lie in a vector of the program, so that everything that
 * is done with both is one loop over a run; where it is used once only, while it is in the first cache.
 */
final class BlasLayerGradient implements LayerGradient {

  private final StreamLayer layer;
  private final float[] gradient;
  private final Slab product = new Slab();

  /**
   * For a layer.
   *
   * @param gradient a vector of the program, where G is written, in the layer's place; of inputs that are zero it keeps what it had
   */
  BlasLayerGradient(StreamLayer layer, float[] gradient) {
    this.layer = layer;
    this.gradient = gradient;
  }

  @Override
  public void compute() {
    for (int s = 0; s < layer.strips().count(); s++) {
      compute(s);
    }
  }

  @Override
  public void addTo(float[] target, float scale) {
    for (int s = 0; s < layer.strips().count(); s++) {
      addTo(s, target, scale);
    }
  }

  @Override
  public void addProduct(float[] target, float[] factors, float scale) {
    for (int s = 0; s < layer.strips().count(); s++) {
      addProduct(s, target, factors, scale);
    }
  }

  @Override
  public void computeAndAdd(float[] target, float scale) {
    for (int s = 0; s < layer.strips().count(); s++) {
      compute(s);
      addTo(s, target, scale);
    }
  }

  @Override
  public double descend(float[] weights, float[] steps) {
    double squares = 0;
    for (int s = 0; s < layer.strips().count(); s++) {
      compute(s);
      squares += Gemm.squares(product.size(), product.readNative());
      addProduct(s, weights, steps, -1f);
    }
    return squares;
  }

  @Override
  public double descend(float[] weights, float[] steps, float[] average, float rate) {
    Strips strips = layer.strips();
    double squares = 0;
    int done = layer.start;
    for (int s = 0; s < strips.count(); s++) {
      compute(s);
      squares += Gemm.squares(product.size(), product.readNative());
      for (int r = strips.firstRun(s); r < strips.firstRun(s + 1); r++) {
        int from = from(r);
        int until = until(r);
        Spans.average(weights, rate, average, done, from);
        Spans.descend(steps, gradient, weights, rate, average, from, until);
        done = until;
      }
    }
    return squares;
  }

  @Override
  public void restore() {}

  @Override
  public void close() {
    product.close();
  }

  private void compute(int s) {
    Strips strips = layer.strips();
    int first = strips.from(s);
    int width = strips.width(s);
    layer.multiply(first, width, product);
    FloatBuffer view = product.readNativeView();
    for (int r = strips.firstRun(s); r < strips.firstRun(s + 1); r++) {
      int at = (strips.runColumn(r) - first) * layer.out;
      view.get(at, gradient, from(r), strips.length(r) * layer.out);
    }
  }

  private void addTo(int s, float[] target, float scale) {
    Strips strips = layer.strips();
    for (int r = strips.firstRun(s); r < strips.firstRun(s + 1); r++) {
      Spans.add(scale, gradient, target, from(r), until(r));
    }
  }

  private void addProduct(int s, float[] target, float[] factors, float scale) {
    Strips strips = layer.strips();
    for (int r = strips.firstRun(s); r < strips.firstRun(s + 1); r++) {
      Spans.addProduct(scale, factors, gradient, target, from(r), until(r));
    }
  }

  private int from(int run) {
    return layer.start + layer.strips().unit(run) * layer.out;
  }

  private int until(int run) {
    return from(run) + layer.strips().length(run) * layer.out;
  }
}
