package io.engram.engine.fused;

import static org.bytedeco.openblas.global.openblas.cblas_saxpy;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Lays the windows of a convolution out as rows (im2col) and adds them back (its transpose). A row holds [kernel, kernel,
 * channels]; each of its kernel lines is one contiguous run of a channels-last image.
 */
final class Patches {

  /** Runs shorter than this are assembled on the heap: a bulk copy into native memory has a price of its own. */
  private static final int LONG_RUN = 32;

  private final Window window;
  private final int channels;
  private final int line;
  private final int rowLength;
  private final float[] zeros;

  Patches(Window window) {
    this.window = window;
    this.channels = window.input().channels();
    this.line = window.kernel() * channels;
    this.rowLength = window.kernel() * line;
    this.zeros = new float[line];
  }

  /** Floats in one row. */
  int rowLength() {
    return rowLength;
  }

  /** Rows made of {@code n} images. */
  int rows(int n) {
    return n * window.output().height() * window.output().width();
  }

  /** images [n, height, width, channels] → patches [rows, kernel·kernel·channels]. */
  void gather(Slab images, int n, Slab patches) {
    float[] from = images.readHeap();
    if (channels < LONG_RUN) {
      gatherOnHeap(from, n, patches.writeHeap(rows(n) * rowLength));
    } else {
      gatherIntoNative(from, n, patches.writeNativeView(rows(n) * rowLength));
    }
  }

  private void gatherOnHeap(float[] images, int n, float[] patches) {
    Arrays.fill(patches, 0, rows(n) * rowLength, 0f);
    int to = 0;
    for (int image = 0; image < n; image++) {
      for (int y = 0; y < window.output().height(); y++) {
        for (int x = 0; x < window.output().width(); x++) {
          int first = firstColumn(x);
          int count = columns(x) * channels;
          for (int ky = firstRow(y); ky < lastRow(y); ky++) {
            int from = pixel(image, window.top(y) + ky, window.left(x) + first);
            int start = to + ky * line + first * channels;
            for (int i = 0; i < count; i++) {
              patches[start + i] = images[from + i];
            }
          }
          to += rowLength;
        }
      }
    }
  }

  private void gatherIntoNative(float[] images, int n, FloatBuffer patches) {
    int to = 0;
    for (int image = 0; image < n; image++) {
      for (int y = 0; y < window.output().height(); y++) {
        int firstRow = firstRow(y);
        int lastRow = lastRow(y);
        for (int x = 0; x < window.output().width(); x++) {
          int first = firstColumn(x);
          int count = columns(x) * channels;
          for (int ky = 0; ky < window.kernel(); ky++, to += line) {
            if (ky < firstRow || ky >= lastRow) {
              patches.put(to, zeros, 0, line);
              continue;
            }
            if (count < line) {
              patches.put(to, zeros, 0, line);
            }
            int from = pixel(image, window.top(y) + ky, window.left(x) + first);
            patches.put(to + first * channels, images, from, count);
          }
        }
      }
    }
  }

  /** Transpose of {@link #gather}: every patch element is added to the pixel it came from. */
  void scatter(Slab patches, int n, Slab images) {
    int size = n * window.input().size();
    Arrays.fill(images.writeHeap(size), 0, size, 0f);
    FloatPointer from = patches.readNative();
    FloatPointer to = images.updateNative();
    long fromStart = from.position();
    long toStart = to.position();
    long row = fromStart;
    for (int image = 0; image < n; image++) {
      for (int y = 0; y < window.output().height(); y++) {
        for (int x = 0; x < window.output().width(); x++) {
          int first = firstColumn(x);
          int count = columns(x) * channels;
          for (int ky = firstRow(y); ky < lastRow(y); ky++) {
            from.position(row + (long) ky * line + (long) first * channels);
            to.position(toStart + pixel(image, window.top(y) + ky, window.left(x) + first));
            cblas_saxpy(count, 1f, from, 1, to, 1);
          }
          row += rowLength;
        }
      }
    }
    from.position(fromStart);
    to.position(toStart);
  }

  private int pixel(int image, int y, int x) {
    return ((image * window.input().height() + y) * window.input().width() + x) * channels;
  }

  /** First kernel row that lies on the image. */
  private int firstRow(int y) {
    return Math.max(0, -window.top(y));
  }

  /** One past the last kernel row that lies on the image. */
  private int lastRow(int y) {
    return Math.min(window.kernel(), window.input().height() - window.top(y));
  }

  private int firstColumn(int x) {
    return Math.max(0, -window.left(x));
  }

  /** Number of kernel columns that lie on the image. */
  private int columns(int x) {
    return Math.min(window.kernel(), window.input().width() - window.left(x)) - firstColumn(x);
  }
}
