package io.engram.engine.fused;

/** Squared error averaged over examples and outputs. */
final class MeanSquaredError implements Loss {

  private final int width;

  MeanSquaredError(int width) {
    this.width = width;
  }

  @Override
  public double loss(float[] outputs, Batch batch) {
    int count = batch.size() * width;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double error = outputs[i] - batch.value(i);
      sum += error * error;
    }
    return sum / count;
  }

  @Override
  public double score(float[] outputs, Batch batch) {
    return loss(outputs, batch);
  }

  @Override
  public double gradient(Slab outputs, Batch batch, Slab gradient) {
    int count = batch.size() * width;
    float[] z = outputs.readHeap();
    float[] g = gradient.writeHeap(count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double error = z[i] - batch.value(i);
      g[i] = (float) (2 * error / count);
      sum += error * error;
    }
    return sum / count;
  }

  @Override
  public void gradientTangent(Slab outputs, Slab tangent, Batch batch, Slab gradientTangent) {
    int count = batch.size() * width;
    float[] tz = tangent.readHeap();
    float[] tg = gradientTangent.writeHeap(count);
    for (int i = 0; i < count; i++) {
      tg[i] = (float) (2.0 * tz[i] / count);
    }
  }
}
