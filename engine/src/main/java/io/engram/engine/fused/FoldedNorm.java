package io.engram.engine.fused;

/**
 * The small algebra of a {@link Stem}: batch-norm folded into the filters before it, and the way back, for each filter alone
 * and in double.
 *
 * <p>For centred patches p̃ with covariance C, a filter w [k] gives the variance v = wᵀCw, hence r = (v + ε)^−½ and
 *
 * <pre>
 * y = γr·w·p̃ + β
 * </pre>
 *
 * With a = Σg·p̃ over all patches and s = Σg, let q = a·w and h = r²q:
 *
 * <pre>
 * ∂β = s    ∂γ = rq    ∂w = γr·(a − h·Cw)
 * </pre>
 *
 * Along a direction, with v̇ = 2wᵀCẇ and ṙ = −½r³v̇:
 *
 * <pre>
 * ẏ = ((γr)˙·w + γr·ẇ)·p̃ + β̇    q̇ = ȧ·w + a·ẇ    ḣ = 2rṙq + r²q̇
 * ∂β̇ = ṡ    ∂γ̇ = ṙq + rq̇    ∂ẇ = (γr)˙·(a − h·Cw) + γr·(ȧ − ḣ·Cw − h·Cẇ)
 * </pre>
 *
 * <p>Filters are [filters, k]; folded filters and the sums (a, s) are [k + 1, filters], the last row being β and s.
 */
final class FoldedNorm {

  final double[] filterGradient;
  final double[] gainGradient;
  final double[] shiftGradient;

  private final int filters;
  private final int k;
  private final double epsilon;
  private final Tensors tensors;
  private final double[] image;
  private final double[] r;

  FoldedNorm(int filters, int k, double epsilon, Tensors tensors) {
    this.filters = filters;
    this.k = k;
    this.epsilon = epsilon;
    this.tensors = tensors;
    this.filterGradient = new double[filters * k];
    this.gainGradient = new double[filters];
    this.shiftGradient = new double[filters];
    this.image = new double[filters * k];
    this.r = new double[filters];
  }

  /** Which tensors are w, γ and β. */
  record Tensors(int weight, int gain, int shift) {}

  /** Writes the folded filters; remembers Cw and r. */
  void fold(double[] c, Parameters at, float[] folded) {
    float[] w = at.tensor(tensors.weight).readHeap();
    float[] gain = at.tensor(tensors.gain).readHeap();
    float[] shift = at.tensor(tensors.shift).readHeap();
    applyCovariance(c, w);
    for (int f = 0; f < filters; f++) {
      double variance = 0;
      for (int i = f * k; i < (f + 1) * k; i++) {
        variance += w[i] * image[i];
      }
      r[f] = 1.0 / Math.sqrt(variance + epsilon);
      double scale = gain[f] * r[f];
      for (int j = 0; j < k; j++) {
        folded[j * filters + f] = (float) (scale * w[f * k + j]);
      }
      folded[k * filters + f] = shift[f];
    }
  }

  /** From (a, s), ∂w, ∂γ and ∂β at the parameters last folded. */
  void gradient(float[] a, Parameters at) {
    float[] w = at.tensor(tensors.weight).readHeap();
    float[] gain = at.tensor(tensors.gain).readHeap();
    for (int f = 0; f < filters; f++) {
      double q = dot(a, f, w);
      double h = r[f] * r[f] * q;
      double scale = gain[f] * r[f];
      for (int j = 0; j < k; j++) {
        filterGradient[f * k + j] = scale * (a[j * filters + f] - h * image[f * k + j]);
      }
      gainGradient[f] = r[f] * q;
      shiftGradient[f] = a[k * filters + f];
    }
  }

  /**
   * Writes the tangents of the folded filters along {@code u}; remembers Cẇ and ṙ.
   *
   * @param primal folded at {@code at}
   */
  void foldTangent(FoldedNorm primal, double[] c, Parameters at, Parameters u, float[] folded) {
    float[] w = at.tensor(tensors.weight).readHeap();
    float[] gain = at.tensor(tensors.gain).readHeap();
    float[] wRate = u.tensor(tensors.weight).readHeap();
    float[] gainRate = u.tensor(tensors.gain).readHeap();
    float[] shiftRate = u.tensor(tensors.shift).readHeap();
    applyCovariance(c, wRate);
    for (int f = 0; f < filters; f++) {
      double halfVarianceRate = 0;
      for (int i = f * k; i < (f + 1) * k; i++) {
        halfVarianceRate += wRate[i] * primal.image[i];
      }
      double r0 = primal.r[f];
      r[f] = -r0 * r0 * r0 * halfVarianceRate;
      double scale = gain[f] * r0;
      double scaleRate = gainRate[f] * r0 + gain[f] * r[f];
      for (int j = 0; j < k; j++) {
        int i = f * k + j;
        folded[j * filters + f] = (float) (scaleRate * w[i] + scale * wRate[i]);
      }
      folded[k * filters + f] = shiftRate[f];
    }
  }

  /** Tangent of {@link #gradient} along {@code u}, after {@link #foldTangent}. */
  void gradientTangent(FoldedNorm primal, float[] a, float[] aRate, Parameters at, Parameters u) {
    float[] w = at.tensor(tensors.weight).readHeap();
    float[] gain = at.tensor(tensors.gain).readHeap();
    float[] wRate = u.tensor(tensors.weight).readHeap();
    float[] gainRate = u.tensor(tensors.gain).readHeap();
    for (int f = 0; f < filters; f++) {
      double r0 = primal.r[f];
      double q = dot(a, f, w);
      double qRate = dot(aRate, f, w) + dot(a, f, wRate);
      double h = r0 * r0 * q;
      double hRate = 2 * r0 * r[f] * q + r0 * r0 * qRate;
      double scale = gain[f] * r0;
      double scaleRate = gainRate[f] * r0 + gain[f] * r[f];
      for (int j = 0; j < k; j++) {
        int i = f * k + j;
        int t = j * filters + f;
        filterGradient[i] =
            scaleRate * (a[t] - h * primal.image[i])
                + scale * (aRate[t] - hRate * primal.image[i] - h * image[i]);
      }
      gainGradient[f] = r[f] * q + r0 * qRate;
      shiftGradient[f] = aRate[k * filters + f];
    }
  }

  /** image = Cw for every filter. */
  private void applyCovariance(double[] c, float[] w) {
    for (int f = 0; f < filters; f++) {
      for (int i = 0; i < k; i++) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
          sum += c[i * k + j] * w[f * k + j];
        }
        image[f * k + i] = sum;
      }
    }
  }

  private double dot(float[] a, int f, float[] w) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      sum += (double) a[j * filters + f] * w[f * k + j];
    }
    return sum;
  }
}
