package io.engram.benchmarks.innerloop;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import io.engram.engine.OpenBlasKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** What the machine can do at best: one large square product on every core at once. */
final class SgemmLimit {

  private static final int SIZE = 1024;

  private SgemmLimit() {}

  /** Floating-point operations per nanosecond, all cores together. */
  static double measure(int cores, int millis) {
    OpenBlasKernels.choose();
    openblas_nolapack.blas_set_num_threads(1);
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    try {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < cores; i++) {
        rates.add(threads.submit(() -> rate(millis)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the sgemm measurement failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring sgemm", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static double rate(int millis) {
    try (FloatPointer a = new FloatPointer(new float[SIZE * SIZE]);
        FloatPointer b = new FloatPointer(new float[SIZE * SIZE]);
        FloatPointer c = new FloatPointer(new float[SIZE * SIZE])) {
      double nanos =
          Stopwatch.mean(
              () ->
                  cblas_sgemm(
                      CblasRowMajor,
                      CblasNoTrans,
                      CblasNoTrans,
                      SIZE,
                      SIZE,
                      SIZE,
                      1f,
                      a,
                      SIZE,
                      b,
                      SIZE,
                      0f,
                      c,
                      SIZE),
              millis);
      return 2.0 * SIZE * SIZE * SIZE / nanos;
    }
  }
}
