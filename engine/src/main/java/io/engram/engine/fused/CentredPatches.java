package io.engram.engine.fused;

/**
 * A batch's patches with their mean taken away and a column of ones behind, P̃ [rows, k + 1], and their covariance C [k, k] =
 * P̃ᵀP̃/rows without that column. Made once for as long as the batch stays.
 */
final class CentredPatches implements AutoCloseable {

  private final Patches patches;
  private final int k;
  private final Slab raw = new Slab();
  private final Slab centred = new Slab();
  private final Slab gram = new Slab();
  private final Columns columns;
  private final double[] means;
  private final double[] covariance;
  private long version = -1;

  CentredPatches(Patches patches) {
    this.patches = patches;
    this.k = patches.rowLength();
    this.columns = new Columns(k);
    this.means = new double[k];
    this.covariance = new double[k * k];
  }

  /** Follows the images, if they changed. */
  void update(Slab images, int n) {
    if (version == images.version()) {
      return;
    }
    version = images.version();
    int rows = patches.rows(n);
    patches.gather(images, n, raw);
    columns.sum(raw, rows, means);
    for (int j = 0; j < k; j++) {
      means[j] /= rows;
    }
    centre(raw.readHeap(), centred.writeHeap(rows * (k + 1)), rows);
    int width = k + 1;
    Gemm.TN.multiply(
        width,
        width,
        rows,
        1f,
        centred.readNative(),
        centred.readNative(),
        0f,
        gram.writeNative(width * width));
    float[] sums = gram.readHeap();
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        covariance[i * k + j] = (double) sums[i * width + j] / rows;
      }
    }
  }

  /** [rows, k + 1]. */
  Slab values() {
    return centred;
  }

  /** [k, k]. */
  double[] covariance() {
    return covariance;
  }

  private void centre(float[] from, float[] to, int rows) {
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < k; j++) {
        to[at++] = (float) (from[row * k + j] - means[j]);
      }
      to[at++] = 1f;
    }
  }

  @Override
  public void close() {
    raw.close();
    centred.close();
    gram.close();
  }
}
