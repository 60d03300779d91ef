package io.engram.engine.fused;

import org.jspecify.annotations.Nullable;

/**
 * By {@link Simd}. Strips of G are used where they were computed; all of G is written only where it is asked for again.
 */
final class SimdLayerGradient implements LayerGradient {

  private final StreamLayer layer;
  private final float[] gradient;
  private final Slab strip = new Slab();

  /**
   * For a layer.
   *
   * @param gradient a vector of the program, where G is written, in the layer's place; of inputs that are zero it keeps what it had
   */
  SimdLayerGradient(StreamLayer layer, float[] gradient) {
    this.layer = layer;
    this.gradient = gradient;
  }

  @Override
  public void compute() {
    multiply(1f, 0f, gradient);
  }

  @Override
  public void restore() {
    compute();
  }

  @Override
  public void addTo(float[] target, float scale) {
    Strips strips = layer.strips();
    for (int r = 0; r < strips.runs(); r++) {
      Spans.add(scale, gradient, target, from(r), until(r));
    }
  }

  @Override
  public void addProduct(float[] target, float[] factors, float scale) {
    Strips strips = layer.strips();
    for (int r = 0; r < strips.runs(); r++) {
      Spans.addProduct(scale, factors, gradient, target, from(r), until(r));
    }
  }

  @Override
  public void computeAndAdd(float[] target, float scale) {
    multiply(scale, 1f, target);
  }

  @Override
  public double descend(float[] weights, float[] steps) {
    return descend(weights, steps, null, 0f);
  }

  @Override
  public double descend(float[] weights, float[] steps, float @Nullable [] average, float rate) {
    SparseRows sparse = layer.sparse();
    if (sparse != null) {
      return sparse.descend(
          layer.out,
          Simd.at(layer.deltas.readNative()),
          layer.stride(),
          weights,
          steps,
          average,
          layer.start,
          rate);
    }
    Strips strips = layer.strips();
    return Simd.descendRuns(
        strips.runUnits(),
        strips.runColumns(),
        strips.runs(),
        layer.examples(),
        layer.out,
        layer.inputsAt(),
        strips.columns(),
        Simd.at(layer.deltas.readNative()),
        layer.stride(),
        Simd.at(strip.writeNative(Strips.WIDTH * layer.out)),
        weights,
        steps,
        average,
        layer.start,
        rate);
  }

  @Override
  public void close() {
    strip.close();
  }

  private void multiply(float scale, float beta, float[] target) {
    SparseRows sparse = layer.sparse();
    if (sparse != null) {
      sparse.gradient(
          layer.out,
          scale,
          Simd.at(layer.deltas.readNative()),
          layer.stride(),
          beta,
          target,
          layer.start);
      return;
    }
    Strips strips = layer.strips();
    Simd.gradientOfRuns(
        strips.runUnits(),
        strips.runColumns(),
        strips.runs(),
        layer.examples(),
        layer.out,
        scale,
        layer.inputsAt(),
        strips.columns(),
        Simd.at(layer.deltas.readNative()),
        layer.stride(),
        beta,
        target,
        layer.start);
  }

  private int from(int run) {
    return layer.start + layer.strips().unit(run) * layer.out;
  }

  private int until(int run) {
    return from(run) + layer.strips().length(run) * layer.out;
  }
}
