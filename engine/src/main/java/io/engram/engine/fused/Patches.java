package io.engram.engine.fused;

import java.util.Arrays;

/**
 * Lays the windows of a convolution out as rows (im2col) and adds them back (its transpose). A row holds [kernel, kernel,
 * channels]; each of its kernel lines is one contiguous run of a channels-last image.
 */
final class Patches {

  private final Window window;
  private final int channels;
  private final int line;
  private final int rowLength;

  Patches(Window window) {
    this.window = window;
    this.channels = window.input().channels();
    this.line = window.kernel() * channels;
    this.rowLength = window.kernel() * line;
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
  void gather(float[] images, int n, float[] patches) {
    int to = 0;
    for (int image = 0; image < n; image++) {
      int base = image * window.input().size();
      for (int y = 0; y < window.output().height(); y++) {
        for (int x = 0; x < window.output().width(); x++) {
          for (int ky = 0; ky < window.kernel(); ky++) {
            gatherLine(images, base, window.top(y) + ky, window.left(x), patches, to);
            to += line;
          }
        }
      }
    }
  }

  private void gatherLine(float[] images, int base, int y, int x, float[] patches, int to) {
    int width = window.input().width();
    if (y < 0 || y >= window.input().height()) {
      Arrays.fill(patches, to, to + line, 0f);
      return;
    }
    int first = Math.max(0, -x);
    int last = Math.min(window.kernel(), width - x);
    Arrays.fill(patches, to, to + first * channels, 0f);
    System.arraycopy(
        images,
        base + (y * width + x + first) * channels,
        patches,
        to + first * channels,
        (last - first) * channels);
    Arrays.fill(patches, to + last * channels, to + line, 0f);
  }

  /** Transpose of {@link #gather}: every patch element is added to the pixel it came from. */
  void scatter(float[] patches, int n, float[] images) {
    Arrays.fill(images, 0, n * window.input().size(), 0f);
    int from = 0;
    for (int image = 0; image < n; image++) {
      int base = image * window.input().size();
      for (int y = 0; y < window.output().height(); y++) {
        for (int x = 0; x < window.output().width(); x++) {
          for (int ky = 0; ky < window.kernel(); ky++) {
            scatterLine(patches, from, base, window.top(y) + ky, window.left(x), images);
            from += line;
          }
        }
      }
    }
  }

  private void scatterLine(float[] patches, int from, int base, int y, int x, float[] images) {
    int width = window.input().width();
    if (y < 0 || y >= window.input().height()) {
      return;
    }
    int first = Math.max(0, -x);
    int last = Math.min(window.kernel(), width - x);
    int to = base + (y * width + x + first) * channels;
    int start = from + first * channels;
    int count = (last - first) * channels;
    for (int i = 0; i < count; i++) {
      images[to + i] += patches[start + i];
    }
  }
}
