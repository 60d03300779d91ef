package io.engram.engine.fused;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Adds patches back to the images they would have come from (col2im), the transpose of {@link Patches}.
 *
 * <p>An image line is the sum of a few lines in each of which no two patches overlap. So patches are only copied, and
 * the additions run over whole lines of equally indexed arrays, which HotSpot vectorises. Where no patch ever lies, a line
 * keeps its zeros.
 */
final class PatchSum {

  private final Window window;
  private final int channels;
  private final int run;
  private final int line;
  private final int patch;
  private final float[][] layers;
  private final float[] total;

  PatchSum(Window window) {
    this.window = window;
    this.channels = window.input().channels();
    this.run = window.kernel() * channels;
    this.patch = window.kernel() * run;
    this.line = window.input().width() * channels;
    this.layers = new float[window.overlap() * window.overlap()][line];
    this.total = new float[line];
  }

  /**
   * Overwrites some images with sums.
   *
   * @param patches [count · output height · output width, kernel · kernel · channels]
   * @param images [all, height, width, channels], of which {@code count} from {@code first} on are written
   */
  void add(FloatBuffer patches, float[] images, int first, int count) {
    int at = first * window.input().size();
    for (int image = 0; image < count; image++) {
      for (int y = 0; y < window.input().height(); y++, at += line) {
        sum(lay(patches, image, y));
        System.arraycopy(total, 0, images, at, line);
      }
    }
  }

  /** Copies the patches' lines that meet image line {@code y} into layers; returns how many layers are in use. */
  private int lay(FloatBuffer patches, int image, int y) {
    int height = window.output().height();
    int width = window.output().width();
    int used = 0;
    for (int row = firstWindow(y); row < height && window.top(row) <= y; row++) {
      int at = (image * height + row) * width * patch + (y - window.top(row)) * run;
      for (int x = 0; x < width; x++, at += patch) {
        int first = window.firstColumn(x);
        patches.get(
            at + first * channels,
            layers[used + x % window.overlap()],
            (window.left(x) + first) * channels,
            window.columns(x) * channels);
      }
      used += window.overlap();
    }
    return used;
  }

  /** The first row of windows that reaches down to image line {@code y}. */
  private int firstWindow(int y) {
    int row = 0;
    while (window.top(row) + window.kernel() <= y) {
      row++;
    }
    return row;
  }

  private void sum(int used) {
    if (used == 0) {
      Arrays.fill(total, 0f);
      return;
    }
    System.arraycopy(layers[0], 0, total, 0, line);
    for (int i = 1; i < used; i++) {
      add(layers[i], total);
    }
  }

  private static void add(float[] layer, float[] total) {
    for (int i = 0; i < total.length; i++) {
      total[i] += layer[i];
    }
  }
}
