package io.engram.benchmarks.innerloop;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import io.engram.engine.OpenBlasKernels;
import io.engram.engine.fused.FusedKernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * What the machine can do at best: square products of a few sizes by each library there is, on one core and on all at once. The
 * shortest of many short products counts, because a neighbour can only slow them down.
 */
final class SgemmLimit {

  private static final List<Integer> SIZES = List.of(384, 512, 768);

  private SgemmLimit() {}

  /**
   * Floating-point operations per nanosecond.
   *
   * @param library whose product was best on one core
   * @param one of one core alone
   * @param all of all cores, each with a product of its own
   */
  record Rates(String library, double one, double all) {}

  /** A way to multiply squares. */
  private interface Product {
    void multiply(int size, FloatPointer a, FloatPointer b, FloatPointer c);
  }

  static Rates measure(int cores, int millis) {
    OpenBlasKernels.choose();
    openblas_nolapack.blas_set_num_threads(1);
    Map<String, Product> libraries = new LinkedHashMap<>();
    libraries.put(FusedKernels.description(), FusedKernels::square);
    libraries.putIfAbsent("OpenBLAS", SgemmLimit::byOpenBlas);
    String library = "";
    double one = 0;
    double all = 0;
    for (Map.Entry<String, Product> candidate : libraries.entrySet()) {
      for (int size : SIZES) {
        double rate = together(1, candidate.getValue(), size, millis);
        if (rate > one) {
          library = candidate.getKey() + ", " + size + "³";
          one = rate;
        }
        all =
            Math.max(all, cores == 1 ? rate : together(cores, candidate.getValue(), size, millis));
      }
    }
    return new Rates(library, one, all);
  }

  private static void byOpenBlas(int size, FloatPointer a, FloatPointer b, FloatPointer c) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        size,
        size,
        size,
        1f,
        a,
        size,
        b,
        size,
        0f,
        c,
        size);
  }

  private static double together(int cores, Product product, int size, int millis) {
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    try {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < cores; i++) {
        rates.add(threads.submit(() -> rate(product, size, millis)));
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

  private static double rate(Product product, int size, int millis) {
    try (FloatPointer a = new FloatPointer(new float[size * size]);
        FloatPointer b = new FloatPointer(new float[size * size]);
        FloatPointer c = new FloatPointer(new float[size * size])) {
      Stopwatch.Timing timing = Stopwatch.time(() -> product.multiply(size, a, b, c), millis);
      return 2.0 * size * size * size / timing.shortest();
    }
  }
}
