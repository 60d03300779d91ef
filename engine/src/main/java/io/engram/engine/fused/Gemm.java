package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Matrix products {@code C ← α·op(A)·op(B) + β·C} of dense row-major matrices, by {@link Simd} where that is present, else by
 * OpenBLAS. One call runs on one core: parallelism is over episodes, where it costs no synchronisation. The order of additions
 * depends on the shapes alone.
 */
final class Gemm {

  private Gemm() {}

  /** Loads what products need, if no product has yet. */
  static void load() {
    Simd.load();
    if (!Simd.PRESENT) {
      BlasGemm.load();
    }
  }

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
    if (Simd.PRESENT) {
      Simd.multiply(m, n, k, alpha, Simd.at(a), k, Simd.at(b), n, beta, Simd.at(c), n);
    } else {
      BlasGemm.nn(m, n, k, alpha, a, b, beta, c);
    }
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
    if (Simd.PRESENT) {
      Simd.multiplyTransposedB(m, n, k, alpha, Simd.at(a), k, Simd.at(b), k, beta, Simd.at(c), n);
    } else {
      BlasGemm.nt(m, n, k, alpha, a, b, beta, c);
    }
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
    if (Simd.PRESENT) {
      Simd.multiplyTransposedA(m, n, k, alpha, Simd.at(a), m, Simd.at(b), n, beta, Simd.at(c), n);
    } else {
      BlasGemm.tn(m, n, k, alpha, a, b, beta, c);
    }
  }

  /** A [m, k] · B [k, n] + β·C → C [m, n], each a part of a wider matrix. */
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
    if (Simd.PRESENT) {
      Simd.multiply(
          m,
          n,
          k,
          1f,
          Simd.at(a) + (long) Float.BYTES * aFrom,
          aStride,
          Simd.at(b) + (long) Float.BYTES * bFrom,
          bStride,
          beta,
          Simd.at(c),
          cStride);
    } else {
      BlasGemm.tile(m, n, k, a, aFrom, aStride, b, bFrom, bStride, beta, c, cStride);
    }
  }

  /** A [m, k] · Bᵀ, B [n, k] → C [m, n], each a part of a wider matrix. */
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
    if (Simd.PRESENT) {
      Simd.multiplyTransposedB(
          m,
          n,
          k,
          1f,
          Simd.at(a),
          aStride,
          Simd.at(b) + (long) Float.BYTES * bFrom,
          bStride,
          0f,
          Simd.at(c) + (long) Float.BYTES * cFrom,
          cStride);
    } else {
      BlasGemm.transposedTile(m, n, k, a, aStride, b, bFrom, bStride, c, cFrom, cStride);
    }
  }

  /** Columns of C that {@link #transposedTile} should compute at a time. */
  static int transposedWidth(int m, int n, int k) {
    return Simd.PRESENT ? n : BlasGemm.transposedWidth(m, n, k);
  }

  /** Columns of A [k, aStride] from {@code aFrom} on, transposed, · B [k, n] → C [m, n]. */
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
    if (Simd.PRESENT) {
      Simd.multiplyTransposedA(
          m,
          n,
          k,
          1f,
          Simd.at(a) + (long) Float.BYTES * aFrom,
          aStride,
          Simd.at(b),
          bStride,
          0f,
          Simd.at(c),
          n);
    } else {
      BlasGemm.transposedColumns(m, n, k, a, aFrom, aStride, b, bStride, c);
    }
  }

  /** Sum of the squares of n floats. */
  static double squares(int n, FloatPointer x) {
    return Simd.PRESENT ? Simd.sumOfSquares(Simd.at(x), n) : BlasGemm.squares(n, x);
  }
}
