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
final class BatchNormalisation implements Operation {

  private final int features;
  private final int rowsPerExample;
  private final float epsilon;
  private final int gain;
  private final int shift;

  BatchNormalisation(int features, int rowsPerExample, float epsilon, int gain, int shift) {
    this.features = features;
    this.rowsPerExample = rowsPerExample;
    this.epsilon = epsilon;
    this.gain = gain;
    this.shift = shift;
  }

  @Override
  public Frame frame(Frame input) {
    return new State(features);
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    State s = (State) out;
    int rows = n * rowsPerExample;
    float[] x = in.value.readHeap();
    s.columns.sum(x, rows, s.sums);
    for (int c = 0; c < features; c++) {
      s.a[c] = (float) (s.sums[c] / rows);
    }
    s.columns.sumOfSquaredDeviations(x, s.a, rows, s.sums);
    for (int c = 0; c < features; c++) {
      s.inverseDeviation[c] = (float) (1.0 / Math.sqrt(s.sums[c] / rows + epsilon));
    }
    s.columns.standardise(
        x,
        s.a,
        s.inverseDeviation,
        w.tensor(gain).readHeap(),
        w.tensor(shift).readHeap(),
        rows,
        s.normal.writeHeap(rows * features),
        out.value.writeHeap(rows * features));
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    State s = (State) out;
    int rows = n * rowsPerExample;
    float[] g = out.gradient.readHeap();
    float[] normal = s.normal.readHeap();
    s.columns.sums(g, normal, rows, s.sums, s.products);
    if (intoInput) {
      float[] gamma = w.tensor(gain).readHeap();
      for (int c = 0; c < features; c++) {
        s.a[c] = gamma[c] * s.inverseDeviation[c];
        s.b[c] = (float) (-s.a[c] * (s.products[c] / rows));
        s.c[c] = (float) (-s.a[c] * (s.sums[c] / rows));
      }
      s.columns.combine(g, s.a, normal, s.b, s.c, rows, in.gradient.writeHeap(rows * features));
    }
    sink.vector(gain, s.products, features);
    sink.vector(shift, s.sums, features);
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    site.tout.still = site.tin.still && !site.moving;
    if (site.tout.still) {
      return;
    }
    State s = (State) site.out;
    State t = (State) site.tout;
    int rows = site.examples * rowsPerExample;
    float[] normal = s.normal.readHeap();
    float[] ty = site.tout.value.writeHeap(rows * features);
    float[] gamma = w.tensor(gain).readHeap();
    fill(t.b, site.moving ? u.tensor(gain).readHeap() : null);
    fill(t.c, site.moving ? u.tensor(shift).readHeap() : null);
    if (site.tin.still) {
      t.columns.affine(normal, t.b, t.c, rows, ty);
      return;
    }
    float[] tx = site.tin.value.readHeap();
    float[] tnormal = t.normal.writeHeap(rows * features);
    t.columns.sums(tx, normal, rows, t.sums, t.products);
    for (int c = 0; c < features; c++) {
      float r = s.inverseDeviation[c];
      t.meanProduct[c] = t.products[c] / rows;
      t.d[c] = (float) (-r * t.meanProduct[c]);
      t.a[c] = (float) (-r * (t.sums[c] / rows));
    }
    t.columns.combine(tx, s.inverseDeviation, normal, t.d, t.a, rows, tnormal);
    t.columns.combine(tnormal, gamma, normal, t.b, t.c, rows, ty);
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    State s = (State) site.out;
    State t = (State) site.tout;
    int rows = site.examples * rowsPerExample;
    float[] normal = s.normal.readHeap();
    float[] tg = site.tout.gradient.readHeap();
    t.columns.sums(tg, normal, rows, t.sums, t.products);
    boolean primal = !site.tin.still || site.moving;
    if (primal) {
      float[] g = site.out.gradient.readHeap();
      s.columns.sums(g, normal, rows, s.sums, s.products);
      if (!site.tin.still) {
        t.columns.sumOfProducts(g, t.normal.readHeap(), rows, t.cross);
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
    for (int c = 0; c < features; c++) {
      double r = s.inverseDeviation[c];
      double rate = site.tin.still ? 0 : -r * r * t.meanProduct[c];
      double scale = gamma[c] * r;
      double scaleRate = gamma[c] * rate + (site.moving ? u.tensor(gain).readHeap()[c] * r : 0);
      double meanG = primal ? s.sums[c] / rows : 0;
      double meanProduct = primal ? s.products[c] / rows : 0;
      t.a[c] = (float) scale;
      t.b[c] = (float) (-scaleRate * meanProduct - scale * (t.products[c] / rows));
      t.c[c] = (float) (-scaleRate * meanG - scale * (t.sums[c] / rows));
      t.d[c] = (float) scaleRate;
      t.e[c] = (float) (-scale * meanProduct);
    }
    float[] into = site.tin.gradient.writeHeap(rows * features);
    t.columns.combine(
        site.tout.gradient.readHeap(), t.a, s.normal.readHeap(), t.b, t.c, rows, into);
    if (primal) {
      float[] g = site.out.gradient.readHeap();
      if (site.tin.still) {
        t.columns.addCombination(g, t.d, g, t.zero, rows, into);
      } else {
        t.columns.addCombination(g, t.d, t.normal.readHeap(), t.e, rows, into);
      }
    }
  }

  private void fill(float[] into, float @Nullable [] from) {
    for (int c = 0; c < features; c++) {
      into[c] = from == null ? 0f : from[c];
    }
  }

  private static final class State extends Frame {
    final Slab normal = new Slab();
    final Columns columns;
    final float[] inverseDeviation;
    final double[] meanProduct;
    final double[] sums;
    final double[] products;
    final double[] cross;
    final float[] a;
    final float[] b;
    final float[] c;
    final float[] d;
    final float[] e;
    final float[] zero;

    State(int features) {
      columns = new Columns(features);
      inverseDeviation = new float[features];
      meanProduct = new double[features];
      sums = new double[features];
      products = new double[features];
      cross = new double[features];
      a = new float[features];
      b = new float[features];
      c = new float[features];
      d = new float[features];
      e = new float[features];
      zero = new float[features];
    }

    @Override
    long bytes() {
      return super.bytes() + normal.bytes();
    }

    @Override
    public void close() {
      super.close();
      normal.close();
    }
  }
}
