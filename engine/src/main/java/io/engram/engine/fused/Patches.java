package io.engram.engine.fused;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Lays the windows of a convolution out as rows (im2col). A row holds [kernel, kernel, channels]; each of its kernel lines is one
 * contiguous run of a channels-last image. {@link PatchSum} is its transpose.
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
          int first = window.firstColumn(x);
          int count = window.columns(x) * channels;
          for (int ky = window.firstRow(y); ky < window.lastRow(y); ky++) {
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
        int firstRow = window.firstRow(y);
        int lastRow = window.lastRow(y);
        for (int x = 0; x < window.output().width(); x++) {
          int first = window.firstColumn(x);
          int count = window.columns(x) * channels;
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

  private int pixel(int image, int y, int x) {
    return ((image * window.input().height() + y) * window.input().width() + x) * channels;
  }
}
