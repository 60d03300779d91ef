package io.engram.engine.fused;

import java.util.Arrays;

/** Prototypes c_k, the means of a support set's embeddings by class; that of a class without examples is the mean of all. One worker's. */
final class ClassMeans {

  private final int inputs;
  private final double[] means;
  private final double[] gradients;
  private final double[] all;
  private final int[] counts;

  ClassMeans(int inputs, int outputs) {
    this.inputs = inputs;
    this.means = new double[outputs * inputs];
    this.gradients = new double[outputs * inputs];
    this.all = new double[inputs];
    this.counts = new int[outputs];
  }

  /** [ways, inputs] c, valid until the next call. */
  double[] means() {
    return means;
  }

  /** [ways, inputs] ∂L/∂c, to be filled in for {@link #spread}. */
  double[] gradients() {
    return gradients;
  }

  /** Takes the means of X [n, inputs]. */
  void take(float[] x, Batch support) {
    int ways = support.ways();
    int n = support.size();
    Arrays.fill(means, 0, ways * inputs, 0);
    Arrays.fill(counts, 0, ways, 0);
    for (int i = 0; i < n; i++) {
      int k = support.classOf(i);
      counts[k]++;
      for (int j = 0; j < inputs; j++) {
        means[k * inputs + j] += x[i * inputs + j];
      }
    }
    sum(means, ways, true);
    for (int k = 0; k < ways; k++) {
      int count = counts[k] == 0 ? n : counts[k];
      for (int j = 0; j < inputs; j++) {
        double sum = counts[k] == 0 ? all[j] : means[k * inputs + j];
        means[k * inputs + j] = sum / count;
      }
    }
  }

  /** Writes ∂L/∂X [n, inputs] from {@link #gradients}. */
  void spread(Batch support, float[] gradient) {
    int n = support.size();
    sum(gradients, support.ways(), false);
    for (int i = 0; i < n; i++) {
      int k = support.classOf(i);
      for (int j = 0; j < inputs; j++) {
        gradient[i * inputs + j] = (float) (gradients[k * inputs + j] / counts[k] + all[j] / n);
      }
    }
  }

  /** Sums the rows of those classes that have examples, or of those that have none. */
  private void sum(double[] rows, int ways, boolean having) {
    Arrays.fill(all, 0);
    for (int k = 0; k < ways; k++) {
      if (counts[k] > 0 == having) {
        for (int j = 0; j < inputs; j++) {
          all[j] += rows[k * inputs + j];
        }
      }
    }
  }
}
