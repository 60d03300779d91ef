package io.engram.engine.fused;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;

/**
 * Where the windows of a convolution reach, as tables for {@link Simd}: for each output pixel of some images and each place (tap) in
 * the kernel, the offset of the input pixel under it. With them products read patches where they lie, and nothing is laid out.
 *
 * <p>The way back to an input pixel collects from the windows that reach it. Pixels are taken together that are reached by the same
 * taps: with stride s those whose coordinates agree modulo s. So each pixel is written once, and no tap is multiplied that
 * reaches nobody.
 */
final class Taps {

  /** Says that a window reaches beyond the border, or that there is no window. */
  private static final int NOTHING = -1;

  private final IntPointer forward;
  private final int images;
  private final int rowsPerImage;
  private final List<Back> back = new ArrayList<>();

  /** Input pixels that the same taps reach. */
  record Back(IntPointer windows, IntPointer weights, IntPointer pixels, int perImage, int taps) {}

  Taps(Window window, int images) {
    this.images = images;
    this.rowsPerImage = window.output().height() * window.output().width();
    this.forward = forward(window, images);
    for (int row = 0; row < window.stride(); row++) {
      for (int column = 0; column < window.stride(); column++) {
        back.add(back(window, images, row, column));
      }
    }
  }

  /** For how many images at most. */
  int images() {
    return images;
  }

  /** Address of [images · output pixels, taps] offsets of floats in the input. */
  long forward() {
    return forward.address();
  }

  int rows(int n) {
    return n * rowsPerImage;
  }

  List<Back> back() {
    return back;
  }

  private static IntPointer forward(Window window, int images) {
    int kernel = window.kernel();
    int channels = window.input().channels();
    int height = window.output().height();
    int width = window.output().width();
    int[] offsets = new int[images * height * width * kernel * kernel];
    int at = 0;
    for (int image = 0; image < images; image++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          for (int ky = 0; ky < kernel; ky++) {
            for (int kx = 0; kx < kernel; kx++) {
              int row = window.top(y) + ky;
              int column = window.left(x) + kx;
              boolean inside =
                  row >= 0
                      && row < window.input().height()
                      && column >= 0
                      && column < window.input().width();
              offsets[at++] = inside ? pixel(window, image, row, column) * channels : NOTHING;
            }
          }
        }
      }
    }
    return new IntPointer(offsets);
  }

  private static Back back(Window window, int images, int firstRow, int firstColumn) {
    int kernel = window.kernel();
    int stride = window.stride();
    int channels = window.input().channels();
    List<Integer> rowTaps = taps(kernel, stride, firstRow + window.beforeRows());
    List<Integer> columnTaps = taps(kernel, stride, firstColumn + window.beforeColumns());
    int taps = rowTaps.size() * columnTaps.size();
    int down = Math.max(0, (window.input().height() - firstRow + stride - 1) / stride);
    int across = Math.max(0, (window.input().width() - firstColumn + stride - 1) / stride);
    int[] pixels = new int[images * down * across];
    int[] windows = new int[pixels.length * taps];
    int[] weights = new int[taps];
    int at = 0;
    int to = 0;
    for (int image = 0; image < images; image++) {
      for (int y = firstRow; y < window.input().height(); y += stride) {
        for (int x = firstColumn; x < window.input().width(); x += stride) {
          pixels[at++] = pixel(window, image, y, x) * channels;
          for (int ky : rowTaps) {
            for (int kx : columnTaps) {
              windows[to++] = window(window, image, y - ky, x - kx);
            }
          }
        }
      }
    }
    int tap = 0;
    for (int ky : rowTaps) {
      for (int kx : columnTaps) {
        weights[tap++] = (ky * kernel + kx) * channels;
      }
    }
    return new Back(
        new IntPointer(windows),
        new IntPointer(weights),
        new IntPointer(pixels),
        down * across,
        taps);
  }

  /** Places in a line of the kernel that meet coordinates which are {@code padded} modulo stride. */
  private static List<Integer> taps(int kernel, int stride, int padded) {
    List<Integer> taps = new ArrayList<>();
    for (int k = padded % stride; k < kernel; k += stride) {
      taps.add(k);
    }
    return taps;
  }

  /** Offset in the gradient of the window whose corner lies there. */
  private static int window(Window window, int image, int top, int left) {
    int y = (top + window.beforeRows()) / window.stride();
    int x = (left + window.beforeColumns()) / window.stride();
    boolean exists =
        top + window.beforeRows() >= 0
            && left + window.beforeColumns() >= 0
            && y < window.output().height()
            && x < window.output().width();
    int index = (image * window.output().height() + y) * window.output().width() + x;
    return exists ? index * window.output().channels() : NOTHING;
  }

  private static int pixel(Window window, int image, int y, int x) {
    return (image * window.input().height() + y) * window.input().width() + x;
  }
}
