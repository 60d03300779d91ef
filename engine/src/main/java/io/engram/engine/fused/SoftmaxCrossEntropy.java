package io.engram.engine.fused;

import io.engram.core.evaluation.Argmax;
import io.engram.engine.HeadLoss;
import java.util.Arrays;

/** −log softmax(z)[class] over the first {@code ways} outputs; the others take no part and get no gradient. */
final class SoftmaxCrossEntropy implements Loss {

  private final int width;

  SoftmaxCrossEntropy(int width) {
    this.width = width;
  }

  @Override
  public double loss(float[] outputs, Batch batch) {
    double sum = 0;
    for (int row = 0; row < batch.size(); row++) {
      int at = row * width;
      sum += HeadLoss.logSum(outputs, at, batch.ways()) - outputs[at + batch.classOf(row)];
    }
    return sum / batch.size();
  }

  @Override
  public double score(float[] outputs, Batch batch) {
    int right = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (Argmax.of(outputs, row * width, batch.ways()) == batch.classOf(row)) {
        right++;
      }
    }
    return (double) right / batch.size();
  }

  @Override
  public double gradient(Slab outputs, Batch batch, Slab gradient) {
    int n = batch.size();
    float[] z = outputs.readHeap();
    float[] g = gradient.writeHeap(n * width);
    Arrays.fill(g, 0, n * width, 0f);
    double sum = 0;
    for (int row = 0; row < n; row++) {
      int at = row * width;
      double logSum = HeadLoss.logSum(z, at, batch.ways());
      for (int i = 0; i < batch.ways(); i++) {
        double target = i == batch.classOf(row) ? 1 : 0;
        g[at + i] = (float) ((Math.exp(z[at + i] - logSum) - target) / n);
      }
      sum += logSum - z[at + batch.classOf(row)];
    }
    return sum / n;
  }

  /** (p∘ż − p·⟨p, ż⟩)/n. */
  @Override
  public void gradientTangent(Slab outputs, Slab tangent, Batch batch, Slab gradientTangent) {
    int n = batch.size();
    float[] z = outputs.readHeap();
    float[] tz = tangent.readHeap();
    float[] tg = gradientTangent.writeHeap(n * width);
    Arrays.fill(tg, 0, n * width, 0f);
    for (int row = 0; row < n; row++) {
      int at = row * width;
      double logSum = HeadLoss.logSum(z, at, batch.ways());
      double mean = 0;
      for (int i = 0; i < batch.ways(); i++) {
        mean += Math.exp(z[at + i] - logSum) * tz[at + i];
      }
      for (int i = 0; i < batch.ways(); i++) {
        tg[at + i] = (float) (Math.exp(z[at + i] - logSum) * (tz[at + i] - mean) / n);
      }
    }
  }
}
