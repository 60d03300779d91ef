package io.engram.engine.fused;

/**
 * Layer normalisation over the features of each example with learned gain and bias (Ba et al. 2016): y = gain∘x̂ + bias. The
 * formulas are those of {@link BatchNormalisation} with rows and columns exchanged and h = g∘gain in place of γg.
 */
final class LayerNormalisation extends AffineNormalisation {

  LayerNormalisation(int features, float epsilon, int gain, int shift) {
    super(features, epsilon, gain, shift);
  }

  @Override
  public Frame frame(Frame input) {
    return new RowState(features);
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    RowState s = (RowState) out;
    float[] x = in.value.readHeap();
    float[] normal = s.normal.writeHeap(n * features);
    float[] y = out.value.writeHeap(n * features);
    float[] gamma = w.tensor(gain).readHeap();
    float[] beta = w.tensor(shift).readHeap();
    double[] inverse = s.reserve(n);
    for (int row = 0; row < n; row++) {
      int at = row * features;
      double mean = 0;
      for (int i = 0; i < features; i++) {
        mean += x[at + i];
      }
      mean /= features;
      double variance = 0;
      for (int i = 0; i < features; i++) {
        variance += (x[at + i] - mean) * (x[at + i] - mean);
      }
      inverse[row] = 1.0 / Math.sqrt(variance / features + epsilon);
      for (int i = 0; i < features; i++) {
        normal[at + i] = (float) ((x[at + i] - mean) * inverse[row]);
        y[at + i] = gamma[i] * normal[at + i] + beta[i];
      }
    }
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    RowState s = (RowState) out;
    float[] g = out.gradient.readHeap();
    float[] normal = s.normal.readHeap();
    s.parameterGradient(g, normal, n, features, true);
    if (intoInput) {
      float[] gamma = w.tensor(gain).readHeap();
      float[] into = in.gradient.writeHeap(n * features);
      for (int row = 0; row < n; row++) {
        int at = row * features;
        double mean = 0;
        double product = 0;
        for (int i = 0; i < features; i++) {
          double h = (double) g[at + i] * gamma[i];
          mean += h;
          product += h * normal[at + i];
        }
        mean /= features;
        product /= features;
        for (int i = 0; i < features; i++) {
          double h = (double) g[at + i] * gamma[i];
          into[at + i] = (float) (s.inverse[row] * (h - mean - normal[at + i] * product));
        }
      }
    }
    sink.vector(gain, s.gainGradient, features);
    sink.vector(shift, s.shiftGradient, features);
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    int n = site.examples;
    RowState s = (RowState) site.out;
    RowState t = (RowState) site.tout;
    float[] normal = s.normal.readHeap();
    float[] tnormal = t.normal.writeHeap(n * features);
    float[] ty = site.tout.value.writeHeap(n * features);
    float[] gamma = w.tensor(gain).readHeap();
    double[] meanProduct = t.reserve(n);
    for (int row = 0; row < n; row++) {
      int at = row * features;
      if (site.tin.still) {
        meanProduct[row] = 0;
        for (int i = 0; i < features; i++) {
          tnormal[at + i] = 0;
        }
      } else {
        normalTangent(
            site.tin.value.readHeap(), normal, s.inverse[row], at, meanProduct, row, tnormal);
      }
      for (int i = 0; i < features; i++) {
        ty[at + i] = gamma[i] * tnormal[at + i];
      }
      if (site.moving) {
        float[] tgamma = u.tensor(gain).readHeap();
        float[] tbeta = u.tensor(shift).readHeap();
        for (int i = 0; i < features; i++) {
          ty[at + i] += tgamma[i] * normal[at + i] + tbeta[i];
        }
      }
    }
  }

  private void normalTangent(
      float[] tx,
      float[] normal,
      double inverse,
      int at,
      double[] meanProduct,
      int row,
      float[] tnormal) {
    double mean = 0;
    double product = 0;
    for (int i = 0; i < features; i++) {
      mean += tx[at + i];
      product += (double) tx[at + i] * normal[at + i];
    }
    mean /= features;
    product /= features;
    meanProduct[row] = product;
    for (int i = 0; i < features; i++) {
      tnormal[at + i] = (float) (inverse * (tx[at + i] - mean - normal[at + i] * product));
    }
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    int n = site.examples;
    RowState s = (RowState) site.out;
    RowState t = (RowState) site.tout;
    float[] tg = site.tout.gradient.readHeap();
    t.parameterGradient(tg, s.normal.readHeap(), n, features, true);
    if (!site.tin.still) {
      t.parameterGradient(site.out.gradient.readHeap(), t.normal.readHeap(), n, features, false);
    }
    if (intoInput) {
      inputTangent(site, w, u);
    }
    sink.vector(gain, t.gainGradient, features);
    sink.vector(shift, t.shiftGradient, features);
  }

  private void inputTangent(TangentSite site, Parameters w, Parameters u) {
    RowState s = (RowState) site.out;
    RowState t = (RowState) site.tout;
    int n = site.examples;
    boolean moving = site.moving;
    boolean primal = moving || !site.tin.still;
    float[] tg = site.tout.gradient.readHeap();
    float[] gamma = w.tensor(gain).readHeap();
    float[] normal = s.normal.readHeap();
    float[] g = primal ? site.out.gradient.readHeap() : tg;
    float[] tgamma = moving ? u.tensor(gain).readHeap() : gamma;
    float[] tnormal = primal ? t.normal.readHeap() : normal;
    double primalFactor = primal ? 1 : 0;
    double movingFactor = moving ? 1 : 0;
    float[] into = site.tin.gradient.writeHeap(n * features);
    for (int row = 0; row < n; row++) {
      int at = row * features;
      double mean = 0;
      double product = 0;
      double meanRate = 0;
      double productRate = 0;
      for (int i = 0; i < features; i++) {
        double h = primalFactor * g[at + i] * gamma[i];
        double rate = (double) tg[at + i] * gamma[i] + movingFactor * g[at + i] * tgamma[i];
        mean += h;
        product += h * normal[at + i];
        meanRate += rate;
        productRate += rate * normal[at + i] + h * tnormal[at + i];
      }
      mean /= features;
      product /= features;
      meanRate /= features;
      productRate /= features;
      double r = s.inverse[row];
      double rRate = primal ? -r * r * t.inverse[row] : 0;
      for (int i = 0; i < features; i++) {
        double h = primalFactor * g[at + i] * gamma[i];
        double rate = (double) tg[at + i] * gamma[i] + movingFactor * g[at + i] * tgamma[i];
        double body = h - mean - normal[at + i] * product;
        double bodyRate =
            rate
                - meanRate
                - primalFactor * tnormal[at + i] * product
                - normal[at + i] * productRate;
        into[at + i] = (float) (rRate * body + r * bodyRate);
      }
    }
  }

  /** In a tangent frame {@code normal} is x̂̇ and {@code inverse} holds mean(x̂·ẋ) of each row. */
  private static final class RowState extends NormalFrame {
    final double[] gainGradient;
    final double[] shiftGradient;
    double[] inverse = new double[0];

    RowState(int features) {
      gainGradient = new double[features];
      shiftGradient = new double[features];
    }

    double[] reserve(int rows) {
      if (inverse.length < rows) {
        inverse = new double[rows];
      }
      return inverse;
    }

    /** gain: Σ_rows g·x̂, shift: Σ_rows g where {@code fresh}; else only gain, added. */
    void parameterGradient(float[] g, float[] normal, int rows, int features, boolean fresh) {
      for (int i = 0; i < features; i++) {
        double product = 0;
        double sum = 0;
        for (int at = i; at < rows * features; at += features) {
          product += (double) g[at] * normal[at];
          sum += g[at];
        }
        gainGradient[i] = fresh ? product : gainGradient[i] + product;
        shiftGradient[i] = fresh ? sum : shiftGradient[i];
      }
    }
  }
}
