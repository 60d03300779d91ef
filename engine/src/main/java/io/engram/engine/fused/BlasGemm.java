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
enum BlasGemm {
  NN(CblasNoTrans, CblasNoTrans),
  NT(CblasNoTrans, CblasTrans),
  TN(CblasTrans, CblasNoTrans);

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

  private final int a;
  private final int b;

  BlasGemm(int a, int b) {
    this.a = a;
    this.b = b;
  }

  /** Loads OpenBLAS, if no product has yet: the class does so as it is initialised. */
  static void load() {}

  /** The one that reads its operands as {@code order} says. */
  static BlasGemm of(Gemm order) {
    return switch (order) {
      case NN -> NN;
      case NT -> NT;
      case TN -> TN;
    };
  }

  /** C ← α·op(A)·op(B) + β·C, all three dense, tile by tile; of a tile the sums along k in order. */
  @SuppressWarnings("UnsafeFinalization") // an enum's constant is never collected
  void multiply(
      int m,
      int n,
      int k,
      float alpha,
      FloatPointer left,
      FloatPointer right,
      float beta,
      FloatPointer c) {
    int depth = depth(m, n, k);
    int columns = columns(m, n, k, depth);
    int rows = rows(m, k, columns, depth);
    int leftStride = a == CblasTrans ? m : k;
    int rightStride = b == CblasTrans ? k : n;
    long leftStart = left.position();
    long rightStart = right.position();
    long start = c.position();
    for (int p = 0; p < k; p += depth) {
      for (int i = 0; i < m; i += rows) {
        long leftAt = a == CblasTrans ? (long) p * m + i : (long) i * k + p;
        for (int j = 0; j < n; j += columns) {
          long rightAt = b == CblasTrans ? (long) j * k + p : (long) p * n + j;
          cblas_sgemm(
              CblasRowMajor,
              a,
              b,
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              Math.min(depth, k - p),
              alpha,
              left.position(leftStart + leftAt),
              leftStride,
              right.position(rightStart + rightAt),
              rightStride,
              p == 0 ? beta : 1f,
              c.position(start + (long) i * n + j),
              n);
        }
      }
    }
    left.position(leftStart);
    right.position(rightStart);
    c.position(start);
  }

  /** C ← op(A)·op(B) + β·C, each a part of a wider matrix, all three of different ones; one tile. */
  @SuppressWarnings("UnsafeFinalization") // an enum's constant is never collected
  void multiply(int m, int n, int k, Submatrix left, Submatrix right, float beta, Submatrix c) {
    cblas_sgemm(
        CblasRowMajor,
        a,
        b,
        m,
        n,
        k,
        1f,
        left.enter(),
        left.stride(),
        right.enter(),
        right.stride(),
        beta,
        c.enter(),
        c.stride());
    left.leave();
    right.leave();
    c.leave();
  }

  /** Columns of C that one product of submatrices by Bᵀ should compute at a time to go unpacked; all where they are packed anyway. */
  static int transposedWidth(int m, int n, int k) {
    return k < 32 ? n : Math.max(1, Math.min(n, SMALL_TRANSPOSED_RESULT / m));
  }

  /** Sum of the squares of n floats. */
  static float squares(int n, FloatPointer x) {
    return cblas_sdot(n, x, 1, x, 1);
  }

  /** Whether a product is packed whatever its tiles. */
  private boolean whole(int m, int k) {
    return this == NT && (m > 128 || k < 32);
  }

  private int depth(int m, int n, int k) {
    if (whole(m, k)) {
      return k;
    }
    int most = this == TN ? (Math.min(m, n) < 32 ? 256 : 64) : 1024;
    return Math.min(k, most);
  }

  private int columns(int m, int n, int k, int depth) {
    if (whole(m, k)) {
      return n;
    }
    return switch (this) {
      case NN -> Math.min(n, (long) n * depth * 12 <= SMALL ? WIDE : 64);
      case NT -> Math.min(n, 32);
      case TN -> Math.min(n, (long) n * depth * 16 <= SMALL ? 800 : 192);
    };
  }

  private int rows(int m, int k, int columns, int depth) {
    if (whole(m, k)) {
      return m;
    }
    int small = SMALL / columns / depth;
    return switch (this) {
      case NN -> inFours(m, Math.min(384, small));
      case NT -> Math.min(m, Math.min(SMALL_TRANSPOSED_RESULT / columns, small));
      case TN -> inFours(m, Math.min(256, small));
    };
  }

  /** As many rows of C as stay small, in fours. */
  private static int inFours(int m, int fitting) {
    return Math.min(m, Math.max(4, fitting & ~3));
  }
}
