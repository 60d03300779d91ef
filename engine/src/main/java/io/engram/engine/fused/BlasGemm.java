package io.engram.engine.fused;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sdot;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import io.engram.engine.OpenBlasKernels;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * {@link Gemm} by OpenBLAS, where there are no kernels of our own.
 *
 * <p>Products are cut into tiles of at most a million multiplications, because there OpenBLAS changes over to kernels that read
 * the operands where they lie instead of packing them first. At the sizes of small networks packing costs as much as the
 * arithmetic: tiled, the products of a four-layer convolutional network run 1.3 to 2 times as fast. Tile shapes were
 * measured, not derived; the order of additions depends on the shapes alone.
 */
final class BlasGemm {

  /** Above this many multiplications a product is packed. */
  private static final int SMALL = 1_000_000;

  /** With B transposed, tiles of C above this size are packed. */
  private static final int SMALL_TRANSPOSED_RESULT = 1200;

  /** Columns of C in one tile; a row of B in cache. */
  private static final int WIDE = 640;

  static {
    OpenBlasKernels.choose();
    openblas_nolapack.blas_set_num_threads(1);
  }

  private BlasGemm() {}

  /** Loads OpenBLAS, if no product has yet: the class does so as it is initialised. */
  static void load() {}

  /** A [m, k] · B [k, n] → C [m, n]. */
  static void nn(
      int m,
      int n,
      int k,
      float alpha,
      FloatPointer a,
      FloatPointer b,
      float beta,
      FloatPointer c) {
    int depth = Math.min(k, 1024);
    int columns = Math.min(n, (long) n * depth * 12 <= SMALL ? WIDE : 64);
    int rows = rows(m, columns, depth, 384);
    long aStart = a.position();
    long bStart = b.position();
    long cStart = c.position();
    for (int p = 0; p < k; p += depth) {
      for (int i = 0; i < m; i += rows) {
        for (int j = 0; j < n; j += columns) {
          cblas_sgemm(
              CblasRowMajor,
              CblasNoTrans,
              CblasNoTrans,
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              Math.min(depth, k - p),
              alpha,
              a.position(aStart + (long) i * k + p),
              k,
              b.position(bStart + (long) p * n + j),
              n,
              p == 0 ? beta : 1f,
              c.position(cStart + (long) i * n + j),
              n);
        }
      }
    }
    restore(a, aStart, b, bStart, c, cStart);
  }

  /** A [m, k] · B [k, n] + β·C → C [m, n], each a part of a wider matrix; one tile. */
  static void tile(
      int m,
      int n,
      int k,
      FloatPointer a,
      int aFrom,
      int aStride,
      FloatPointer b,
      int bFrom,
      int bStride,
      float beta,
      FloatPointer c,
      int cStride) {
    long aStart = a.position();
    long bStart = b.position();
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        m,
        n,
        k,
        1f,
        a.position(aStart + aFrom),
        aStride,
        b.position(bStart + bFrom),
        bStride,
        beta,
        c,
        cStride);
    a.position(aStart);
    b.position(bStart);
  }

  /** A [m, k] · Bᵀ, B [n, k] → C [m, n], each a part of a wider matrix; one tile. */
  static void transposedTile(
      int m,
      int n,
      int k,
      FloatPointer a,
      int aStride,
      FloatPointer b,
      int bFrom,
      int bStride,
      FloatPointer c,
      int cFrom,
      int cStride) {
    long bStart = b.position();
    long cStart = c.position();
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        m,
        n,
        k,
        1f,
        a,
        aStride,
        b.position(bStart + bFrom),
        bStride,
        0f,
        c.position(cStart + cFrom),
        cStride);
    b.position(bStart);
    c.position(cStart);
  }

  /** Columns of C that {@link #transposedTile} should compute at a time to go unpacked; all where they are packed anyway. */
  static int transposedWidth(int m, int n, int k) {
    return k < 32 ? n : Math.max(1, Math.min(n, SMALL_TRANSPOSED_RESULT / m));
  }

  /** Columns of A [k, aStride] from {@code aFrom} on, transposed, · B [k, n] → C [m, n]; one tile. */
  static void transposedColumns(
      int m,
      int n,
      int k,
      FloatPointer a,
      int aFrom,
      int aStride,
      FloatPointer b,
      int bStride,
      FloatPointer c) {
    long aStart = a.position();
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        m,
        n,
        k,
        1f,
        a.position(aStart + aFrom),
        aStride,
        b,
        bStride,
        0f,
        c,
        n);
    a.position(aStart);
  }

  /** A [m, k] · Bᵀ, B [n, k] → C [m, n]. */
  static void nt(
      int m,
      int n,
      int k,
      float alpha,
      FloatPointer a,
      FloatPointer b,
      float beta,
      FloatPointer c) {
    if (m > 128 || k < 32) {
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, alpha, a, k, b, k, beta, c, n);
      return;
    }
    int depth = Math.min(k, 1024);
    int columns = Math.min(n, 32);
    int rows = Math.min(m, Math.min(SMALL_TRANSPOSED_RESULT / columns, SMALL / columns / depth));
    long aStart = a.position();
    long bStart = b.position();
    long cStart = c.position();
    for (int p = 0; p < k; p += depth) {
      for (int i = 0; i < m; i += rows) {
        for (int j = 0; j < n; j += columns) {
          cblas_sgemm(
              CblasRowMajor,
              CblasNoTrans,
              CblasTrans,
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              Math.min(depth, k - p),
              alpha,
              a.position(aStart + (long) i * k + p),
              k,
              b.position(bStart + (long) j * k + p),
              k,
              p == 0 ? beta : 1f,
              c.position(cStart + (long) i * n + j),
              n);
        }
      }
    }
    restore(a, aStart, b, bStart, c, cStart);
  }

  /** Aᵀ, A [k, m] · B [k, n] → C [m, n]. */
  static void tn(
      int m,
      int n,
      int k,
      float alpha,
      FloatPointer a,
      FloatPointer b,
      float beta,
      FloatPointer c) {
    int depth = Math.min(k, Math.min(m, n) < 32 ? 256 : 64);
    int columns = Math.min(n, (long) n * depth * 16 <= SMALL ? 800 : 192);
    int rows = rows(m, columns, depth, 256);
    long aStart = a.position();
    long bStart = b.position();
    long cStart = c.position();
    for (int p = 0; p < k; p += depth) {
      for (int i = 0; i < m; i += rows) {
        for (int j = 0; j < n; j += columns) {
          cblas_sgemm(
              CblasRowMajor,
              CblasTrans,
              CblasNoTrans,
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              Math.min(depth, k - p),
              alpha,
              a.position(aStart + (long) p * m + i),
              m,
              b.position(bStart + (long) p * n + j),
              n,
              p == 0 ? beta : 1f,
              c.position(cStart + (long) i * n + j),
              n);
        }
      }
    }
    restore(a, aStart, b, bStart, c, cStart);
  }

  /** Sum of the squares of n floats. */
  static float squares(int n, FloatPointer x) {
    return cblas_sdot(n, x, 1, x, 1);
  }

  /** Rows of C in one tile: as many as stay small, in fours. */
  private static int rows(int m, int columns, int depth, int most) {
    int fitting = Math.min(most, SMALL / columns / depth);
    return Math.min(m, Math.max(4, fitting & ~3));
  }

  private static void restore(
      FloatPointer a, long aStart, FloatPointer b, long bStart, FloatPointer c, long cStart) {
    a.position(aStart);
    b.position(bStart);
    c.position(cStart);
  }
}
