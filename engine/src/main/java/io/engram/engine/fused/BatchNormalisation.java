package io.engram.engine.fused;

import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation on the batch's own statistics (Ioffe &amp; Szegedy 2015, algorithm 1), per column of [rows, features]
 * where an image's rows are its pixels.
 *
 * <p>With r = (var + ε)^−½ and x̂ = (x − mean)·r: y = γx̂ + β and
 *
 * <pre>
 * ∂β = Σg    ∂γ = Σg·x̂    ∂x = γr·(g − mean(g) − x̂·mean(g·x̂))
 * </pre>
 *
 * Along a direction, with m = mean(x̂·ẋ) and hence ṙ = −r²m:
 *
 * <pre>
 * x̂̇ = r·(ẋ − mean(ẋ) − x̂·m)    ẏ = γ·x̂̇ + γ̇·x̂ + β̇
 * ∂β̇ = Σġ    ∂γ̇ = Σ(ġ·x̂ + g·x̂̇)
 * ∂ẋ = (γr)˙·(g − mean(g) − x̂·mean(g·x̂)) + γr·(ġ − mean(ġ) − x̂̇·mean(g·x̂) − x̂·mean(ġ·x̂ + g·x̂̇))
 * </pre>
 */
final class BatchNormalisation extends AffineNormalisation {

  private final int rowsPerExample;

  BatchNormalisation(int features, int rowsPerExample, float epsilon, int gain, int shift) {
    super(features, epsilon, gain, shift);
    this.rowsPerExample = rowsPerExample;
  }

  @Override
  public Frame frame(Frame input) {
    return new State(features);
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    State s = (State) out;
    int rows = n * rowsPerExample;
    s.columns.sum(in.value, rows, s.sums);
    float[] mean = s.a.writeHeap(features);
    for (int c = 0; c < features; c++) {
      mean[c] = (float) (s.sums[c] / rows);
    }
    s.columns.sumOfSquaredDeviations(in.value, s.a, rows, s.sums);
    float[] inverseDeviation = s.inverseDeviation.writeHeap(features);
    for (int c = 0; c < features; c++) {
      inverseDeviation[c] = (float) (1.0 / Math.sqrt(s.sums[c] / rows + epsilon));
    }
    s.columns.standardise(
        in.value,
        s.a,
        s.inverseDeviation,
        w.tensor(gain),
        w.tensor(shift),
        rows,
        s.normal,
        out.value);
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    State s = (State) out;
    int rows = n * rowsPerExample;
    s.columns.sums(out.gradient, s.normal, rows, s.sums, s.products);
    if (intoInput) {
      float[] gamma = w.tensor(gain).readHeap();
      float[] inverseDeviation = s.inverseDeviation.readHeap();
      float[] a = s.a.writeHeap(features);
      float[] b = s.b.writeHeap(features);
      float[] d = s.c.writeHeap(features);
      for (int c = 0; c < features; c++) {
        a[c] = gamma[c] * inverseDeviation[c];
        b[c] = (float) (-a[c] * (s.products[c] / rows));
        d[c] = (float) (-a[c] * (s.sums[c] / rows));
      }
      s.columns.combine(out.gradient, s.a, s.normal, s.b, s.c, rows, in.gradient);
    }
    sink.vector(gain, s.products, features);
    sink.vector(shift, s.sums, features);
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    State s = (State) site.out;
    State t = (State) site.tout;
    int rows = site.examples * rowsPerExample;
    fill(t.b, site.moving ? u.tensor(gain).readHeap() : null);
    fill(t.c, site.moving ? u.tensor(shift).readHeap() : null);
    if (site.tin.still) {
      t.columns.affine(s.normal, t.b, t.c, rows, site.tout.value);
      return;
    }
    t.columns.sums(site.tin.value, s.normal, rows, t.sums, t.products);
    float[] inverseDeviation = s.inverseDeviation.readHeap();
    float[] a = t.a.writeHeap(features);
    float[] d = t.d.writeHeap(features);
    for (int c = 0; c < features; c++) {
      float r = inverseDeviation[c];
      t.meanProduct[c] = t.products[c] / rows;
      d[c] = (float) (-r * t.meanProduct[c]);
      a[c] = (float) (-r * (t.sums[c] / rows));
    }
    t.columns.combine(site.tin.value, s.inverseDeviation, s.normal, t.d, t.a, rows, t.normal);
    t.columns.combine(t.normal, w.tensor(gain), s.normal, t.b, t.c, rows, site.tout.value);
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    State s = (State) site.out;
    State t = (State) site.tout;
    int rows = site.examples * rowsPerExample;
    t.columns.sums(site.tout.gradient, s.normal, rows, t.sums, t.products);
    boolean primal = !site.tin.still || site.moving;
    if (primal) {
      s.columns.sums(site.out.gradient, s.normal, rows, s.sums, s.products);
      if (!site.tin.still) {
        t.columns.sumOfProducts(site.out.gradient, t.normal, rows, t.cross);
        for (int c = 0; c < features; c++) {
          t.products[c] += t.cross[c];
        }
      }
    }
    if (intoInput) {
      inputTangent(site, w, u);
    }
    sink.vector(gain, t.products, features);
    sink.vector(shift, t.sums, features);
  }

  /** ∂ẋ; expects s.sums, s.products = Σg, Σg·x̂ and t.sums, t.products = their tangents. */
  private void inputTangent(TangentSite site, Parameters w, Parameters u) {
    State s = (State) site.out;
    State t = (State) site.tout;
    int rows = site.examples * rowsPerExample;
    boolean primal = !site.tin.still || site.moving;
    float[] gamma = w.tensor(gain).readHeap();
    float[] inverseDeviation = s.inverseDeviation.readHeap();
    float[] a = t.a.writeHeap(features);
    float[] b = t.b.writeHeap(features);
    float[] d = t.c.writeHeap(features);
    float[] ofGradient = t.d.writeHeap(features);
    float[] ofNormal = t.e.writeHeap(features);
    for (int c = 0; c < features; c++) {
      double r = inverseDeviation[c];
      double rate = site.tin.still ? 0 : -r * r * t.meanProduct[c];
      double scale = gamma[c] * r;
      double scaleRate = gamma[c] * rate + (site.moving ? u.tensor(gain).readHeap()[c] * r : 0);
      double meanG = primal ? s.sums[c] / rows : 0;
      double meanProduct = primal ? s.products[c] / rows : 0;
      a[c] = (float) scale;
      b[c] = (float) (-scaleRate * meanProduct - scale * (t.products[c] / rows));
      d[c] = (float) (-scaleRate * meanG - scale * (t.sums[c] / rows));
      ofGradient[c] = (float) scaleRate;
      ofNormal[c] = (float) (-scale * meanProduct);
    }
    t.columns.combine(site.tout.gradient, t.a, s.normal, t.b, t.c, rows, site.tin.gradient);
    if (primal) {
      if (site.tin.still) {
        fill(t.e, null);
        t.columns.addCombination(site.out.gradient, t.d, s.normal, t.e, rows, site.tin.gradient);
      } else {
        t.columns.addCombination(site.out.gradient, t.d, t.normal, t.e, rows, site.tin.gradient);
      }
    }
  }

  private void fill(Slab into, float @Nullable [] from) {
    float[] values = into.writeHeap(features);
    for (int c = 0; c < features; c++) {
      values[c] = from == null ? 0f : from[c];
    }
  }

  private static final class State extends NormalFrame {
    final Columns columns;
    final double[] meanProduct;
    final double[] sums;
    final double[] products;
    final double[] cross;
    final Slab inverseDeviation = new Slab();
    final Slab a = new Slab();
    final Slab b = new Slab();
    final Slab c = new Slab();
    final Slab d = new Slab();
    final Slab e = new Slab();

    State(int features) {
      columns = new Columns(features);
      meanProduct = new double[features];
      sums = new double[features];
      products = new double[features];
      cross = new double[features];
    }

    @Override
    public void close() {
      super.close();
      inverseDeviation.close();
      a.close();
      b.close();
      c.close();
      d.close();
      e.close();
    }
  }
}
