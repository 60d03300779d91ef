package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.core.network.Layer.Padding;
import io.engram.core.network.Shape.Image;
import io.engram.core.random.RandomStream;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every set of kernels that this processor can run, beside sums in double. */
class SimdTest {

  private static final int[] SIZES = {1, 2, 3, 5, 8, 11, 13, 16, 25, 33, 40, 64, 100};

  private final RandomStream random = new RandomStream(3);

  @AfterEach
  void takeBackTheUsual() {
    if (Simd.PRESENT) {
      Simd.take(String.valueOf(Simd.load().kernels()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"avx512", "avx2", "neon"})
  void productsOfAnyShapeAreTheSumsOfTheirProducts(String kernels) {
    assumeTrue(Simd.PRESENT && Simd.take(kernels));
    product(40, 530, 260, false, false);
    product(40, 530, 260, true, false);
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : new int[] {1, 4, 17, 64, 300}) {
          product(m, n, k, false, false);
          product(m, n, k, true, false);
          product(m, n, k, false, true);
        }
      }
    }
  }

  private void product(int m, int n, int k, boolean aTransposed, boolean bTransposed) {
    float[] a = floats(m * k);
    float[] b = floats(k * n);
    float[] c = floats(m * n);
    try (FloatPointer left = new FloatPointer(a);
        FloatPointer right = new FloatPointer(b);
        FloatPointer result = new FloatPointer(c)) {
      if (aTransposed) {
        Gemm.TN.multiply(m, n, k, -0.5f, left, right, 2f, result);
      } else if (bTransposed) {
        Gemm.NT.multiply(m, n, k, -0.5f, left, right, 2f, result);
      } else {
        Gemm.NN.multiply(m, n, k, -0.5f, left, right, 2f, result);
      }
      double worst = 0;
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            double x = aTransposed ? a[p * m + i] : a[i * k + p];
            double y = bTransposed ? b[j * k + p] : b[p * n + j];
            sum += x * y;
          }
          worst = Math.max(worst, Math.abs(result.get(i * n + j) - (2 * c[i * n + j] - 0.5 * sum)));
        }
      }
      assertThat(worst).as("%d x %d x %d", m, n, k).isLessThan(2e-6 * (10 + k));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"avx512", "avx2", "neon"})
  void convolutionsAreThoseOfLaidOutPatches(String kernels) {
    assumeTrue(Simd.PRESENT && Simd.take(kernels));
    for (int stride = 1; stride <= 3; stride++) {
      for (int kernel = 1; kernel <= 3; kernel++) {
        for (Padding padding : Padding.values()) {
          convolution(7, 6, kernel, stride, padding, 9, 17);
        }
      }
    }
  }

  private void convolution(
      int height, int width, int kernel, int stride, Padding padding, int channels, int filters) {
    Image input = new Image(channels, height, width);
    int down = outputs(height, kernel, stride, padding);
    int across = outputs(width, kernel, stride, padding);
    Window window = Window.of(input, new Image(filters, down, across), kernel, stride, padding);
    int n = 3;
    int patch = kernel * kernel * channels;
    int rows = n * down * across;
    try (Slab images = slab(n * input.size());
        Slab weights = slab(filters * patch);
        Slab gradient = slab(rows * filters);
        Slab patches = new Slab();
        Slab spread = new Slab();
        Slab expected = new Slab();
        Slab found = new Slab();
        Slab turned = new Slab()) {
      new Patches(window).gather(images, n, patches);
      Taps taps = new Taps(window, n + 1);
      String name = "kernel %d, stride %d, %s".formatted(kernel, stride, padding);

      Gemm.NT.multiply(
          rows,
          filters,
          patch,
          1f,
          patches.readNative(),
          weights.readNative(),
          0f,
          expected.writeNative(rows * filters));
      long filtersLast = Simd.at(turned.writeNative(filters * patch));
      Simd.transpose(Simd.at(weights.readNative()), filters, patch, filtersLast);
      Simd.convolve(
          taps.forward(),
          taps.rows(n),
          kernel * kernel,
          channels,
          filters,
          Simd.at(images.readNative()),
          filtersLast,
          0f,
          Simd.at(found.writeNative(rows * filters)));
      same(name + ", forward", expected, found);

      Gemm.TN.multiply(
          filters,
          patch,
          rows,
          1f,
          gradient.readNative(),
          patches.readNative(),
          0f,
          expected.writeNative(filters * patch));
      Simd.convolveBackToFilters(
          taps.forward(),
          taps.rows(n),
          kernel * kernel,
          channels,
          filters,
          1f,
          Simd.at(gradient.readNative()),
          Simd.at(images.readNative()),
          0f,
          Simd.at(found.writeNative(filters * patch)));
      same(name + ", to filters", expected, found);

      Gemm.NN.multiply(
          rows,
          patch,
          filters,
          1f,
          gradient.readNative(),
          weights.readNative(),
          0f,
          spread.writeNative(rows * patch));
      new PatchSum(window).add(spread.readNativeView(), expected.writeHeap(n * input.size()), 0, n);
      long into = Simd.at(found.writeNative(n * input.size()));
      for (Taps.Back back : taps.back()) {
        Simd.convolveBackToImages(
            back.windows().address(),
            back.weights().address(),
            back.pixels().address(),
            n * back.perImage(),
            back.taps(),
            channels,
            filters,
            patch,
            Simd.at(gradient.readNative()),
            Simd.at(weights.readNative()),
            0f,
            into);
      }
      same(name + ", to images", expected, found);
    }
  }

  private static int outputs(int size, int kernel, int stride, Padding padding) {
    return padding == Padding.VALID ? (size - kernel) / stride + 1 : (size + stride - 1) / stride;
  }

  private static void same(String what, Slab expected, Slab found) {
    float[] a = expected.readHeap();
    float[] b = found.readHeap();
    assertThat(found.size()).as(what).isEqualTo(expected.size());
    for (int i = 0; i < found.size(); i++) {
      assertThat(b[i]).as("%s, element %d", what, i).isCloseTo(a[i], within(1e-4f));
    }
  }

  private Slab slab(int size) {
    Slab slab = new Slab();
    slab.loadHeap(floats(size), 0, size);
    return slab;
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
