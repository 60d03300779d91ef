package io.engram.engine.fused;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Matrix products {@code C ← α·op(A)·op(B) + β·C} of dense row-major matrices. One call runs on one core: parallelism is over
 * episodes, where it costs no synchronisation.
 */
final class Gemm {

  static {
    openblas_nolapack.blas_set_num_threads(1);
  }

  private Gemm() {}

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
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, alpha, a, k, b, n, beta, c, n);
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
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, alpha, a, k, b, k, beta, c, n);
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
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, alpha, a, m, b, n, beta, c, n);
  }
}
