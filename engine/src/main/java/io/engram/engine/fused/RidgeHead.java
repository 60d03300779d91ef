package io.engram.engine.fused;

import io.engram.core.algebra.Cholesky;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.network.Head;
import java.util.Arrays;

/**
 * {@link HeadFit.Ridge}, with X̃ = [X 1], K = X̃X̃ᵀ + λI and A = K⁻¹Y: W̃ᵀ = s·X̃ᵀA. Back, with G the gradient of W̃ᵀ and B = s·K⁻¹X̃G:
 *
 * <pre>
 * ∂X̃ = A(sG − X̃ᵀB)ᵀ − B·W̃/s    ∂log s = ⟨G, W̃ᵀ⟩
 * </pre>
 */
final class RidgeHead implements FittedHead {

  private final int inputs;
  private final int outputs;
  private final float lambda;
  private final float start;
  private final boolean ofClasses;
  private final Cholesky kernel = new Cholesky();

  /** [inputs] X̃ᵀB of one output. */
  private final double[] product;

  private double[][] gram = new double[0][];

  /** [outputs][n] A. */
  private final double[][] dual;

  /** [n] B of one output. */
  private double[] back = new double[0];

  private double scale;

  RidgeHead(int inputs, int outputs, HeadFit.Ridge rule, Head head) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.lambda = rule.lambda();
    this.start = rule.scale();
    this.ofClasses = head == Head.SOFTMAX_CROSS_ENTROPY;
    this.product = new double[inputs];
    this.dual = new double[outputs][0];
  }

  @Override
  public void fit(float[] x, Batch support, float[] weight, float[] bias) {
    int n = support.size();
    scale = ofClasses ? FittedHead.scale(start, bias, outputs) : 1;
    grow(n);
    multiply(x, n);
    kernel.decompose(gram, n, lambda);
    Arrays.fill(weight, 0, outputs * inputs, 0f);
    Arrays.fill(bias, 0, outputs, 0f);
    for (int k = 0; k < columns(support); k++) {
      double[] a = dual[k];
      double sum = 0;
      for (int i = 0; i < n; i++) {
        a[i] = target(support, i, k);
      }
      kernel.solveInPlace(a);
      Arrays.fill(product, 0);
      for (int i = 0; i < n; i++) {
        sum += a[i];
        addRow(a[i], x, i, product);
      }
      for (int j = 0; j < inputs; j++) {
        weight[k * inputs + j] = (float) (scale * product[j]);
      }
      bias[k] = (float) (scale * sum);
    }
  }

  @Override
  public void pullBack(float[] x, Batch support, float[] weight, float[] bias, float[] gradient) {
    int n = support.size();
    Arrays.fill(gradient, 0, n * inputs, 0f);
    double logScale = 0;
    for (int k = 0; k < columns(support); k++) {
      double[] a = dual[k];
      for (int i = 0; i < n; i++) {
        back[i] = scale * (dot(x, i * inputs, weight, k * inputs) + bias[k]);
        logScale += a[i] * back[i];
      }
      kernel.solveInPlace(back);
      pullBack(x, n, k, weight, gradient);
    }
    Arrays.fill(weight, 0, outputs * inputs, 0f);
    Arrays.fill(bias, 0, outputs, ofClasses ? (float) (logScale / outputs) : 0f);
  }

  /** Adds output k's part of ∂L/∂X. */
  private void pullBack(float[] x, int n, int k, float[] weight, float[] gradient) {
    double[] a = dual[k];
    Arrays.fill(product, 0);
    for (int i = 0; i < n; i++) {
      addRow(back[i], x, i, product);
    }
    for (int j = 0; j < inputs; j++) {
      product[j] = scale * weight[k * inputs + j] - product[j];
    }
    for (int i = 0; i < n; i++) {
      addTo(gradient, i, a[i], product);
    }
    Arrays.fill(product, 0);
    for (int i = 0; i < n; i++) {
      addRow(a[i], x, i, product);
    }
    for (int i = 0; i < n; i++) {
      addTo(gradient, i, -back[i], product);
    }
  }

  private int columns(Batch support) {
    return ofClasses ? support.ways() : outputs;
  }

  private double target(Batch support, int row, int column) {
    if (ofClasses) {
      return support.classOf(row) == column ? 1 : 0;
    }
    return support.value(row * outputs + column);
  }

  private void multiply(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = dot(x, i * inputs, x, j * inputs) + 1;
      }
    }
  }

  private double dot(float[] a, int atA, float[] b, int atB) {
    double sum = 0;
    for (int i = 0; i < inputs; i++) {
      sum += (double) a[atA + i] * b[atB + i];
    }
    return sum;
  }

  private void addRow(double factor, float[] x, int row, double[] sum) {
    for (int j = 0; j < inputs; j++) {
      sum[j] += factor * x[row * inputs + j];
    }
  }

  private void addTo(float[] rows, int row, double factor, double[] added) {
    for (int j = 0; j < inputs; j++) {
      rows[row * inputs + j] += (float) (factor * added[j]);
    }
  }

  private void grow(int n) {
    if (gram.length < n) {
      gram = new double[n][n];
      back = new double[n];
      for (int k = 0; k < outputs; k++) {
        dual[k] = new double[n];
      }
    }
  }
}
