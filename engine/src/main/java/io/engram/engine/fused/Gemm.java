package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Matrix products {@code C ← α·op(A)·op(B) + β·C} of row-major matrices, by {@link Simd} where that is present, else by
 * OpenBLAS. One call runs on one core: parallelism is over episodes, where it costs no synchronisation. The order of additions
 * depends on the shapes alone.
 */
enum Gemm {
  /** A [m, k] · B [k, n] → C [m, n]. */
  NN,
  /** A [m, k] · Bᵀ, B [n, k] → C [m, n]. */
  NT,
  /** Aᵀ, A [k, m] · B [k, n] → C [m, n]. */
  TN;

  /** Loads what products need, if no product has yet. */
  static void load() {
    Simd.load();
    if (!Simd.PRESENT) {
      BlasGemm.load();
    }
  }

  /** C ← α·op(A)·op(B) + β·C, all three dense. */
  void multiply(
      int m,
      int n,
      int k,
      float alpha,
      FloatPointer a,
      FloatPointer b,
      float beta,
      FloatPointer c) {
    if (!Simd.PRESENT) {
      BlasGemm.of(this).multiply(m, n, k, alpha, a, b, beta, c);
      return;
    }
    long left = Simd.at(a);
    long right = Simd.at(b);
    long into = Simd.at(c);
    switch (this) {
      case NN -> Simd.multiply(m, n, k, alpha, left, k, right, n, beta, into, n);
      case NT -> Simd.multiplyTransposedB(m, n, k, alpha, left, k, right, k, beta, into, n);
      case TN -> Simd.multiplyTransposedA(m, n, k, alpha, left, m, right, n, beta, into, n);
    }
  }

  /** C ← op(A)·op(B) + β·C, each a part of a wider matrix. */
  void multiply(int m, int n, int k, Submatrix a, Submatrix b, float beta, Submatrix c) {
    if (!Simd.PRESENT) {
      BlasGemm.of(this).multiply(m, n, k, a, b, beta, c);
      return;
    }
    long left = a.address();
    int lda = a.stride();
    long right = b.address();
    int ldb = b.stride();
    long into = c.address();
    int ldc = c.stride();
    switch (this) {
      case NN -> Simd.multiply(m, n, k, 1f, left, lda, right, ldb, beta, into, ldc);
      case NT -> Simd.multiplyTransposedB(m, n, k, 1f, left, lda, right, ldb, beta, into, ldc);
      case TN -> Simd.multiplyTransposedA(m, n, k, 1f, left, lda, right, ldb, beta, into, ldc);
    }
  }

  /** Columns of C that one product of submatrices by Bᵀ should compute at a time. */
  static int transposedWidth(int m, int n, int k) {
    return Simd.PRESENT ? n : BlasGemm.transposedWidth(m, n, k);
  }

  /** Sum of the squares of n floats. */
  static double squares(int n, FloatPointer x) {
    return Simd.PRESENT ? Simd.sumOfSquares(Simd.at(x), n) : BlasGemm.squares(n, x);
  }
}
