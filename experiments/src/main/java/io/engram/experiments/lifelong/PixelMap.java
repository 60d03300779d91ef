package io.engram.experiments.lifelong;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.random.RandomStream;
import java.util.Arrays;

/**
 * How a task shows a digit: pixel p of what the learner sees is pixel {@code source[p]} of the digit, or paper where that is −1. Rotations and
 * permutations are both of this form.
 */
@SuppressWarnings("ArrayRecordComponent") // made once per task, never written to
public record PixelMap(int[] source) {

  /** Turned about its centre, nearest neighbour, corners filled with paper. */
  static PixelMap rotation(double degrees) {
    int side = Digits.SIDE;
    double centre = side / 2.0;
    double cos = StrictMath.cos(StrictMath.toRadians(degrees));
    double sin = StrictMath.sin(StrictMath.toRadians(degrees));
    int[] source = new int[Digits.PIXELS];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double dx = x + 0.5 - centre;
        double dy = y + 0.5 - centre;
        int fromX = (int) StrictMath.floor(cos * dx - sin * dy + centre);
        int fromY = (int) StrictMath.floor(sin * dx + cos * dy + centre);
        boolean inside = fromX >= 0 && fromX < side && fromY >= 0 && fromY < side;
        source[y * side + x] = inside ? fromY * side + fromX : -1;
      }
    }
    return new PixelMap(source);
  }

  /** A random order of all pixels. */
  public static PixelMap permutation(RandomStream random) {
    return new PixelMap(random.permutation(Digits.PIXELS));
  }

  /** The same of a digit that is moved before, its far edge filled with paper. */
  PixelMap ofMoved(int right, int down) {
    int side = Digits.SIDE;
    int[] moved = new int[Digits.PIXELS];
    for (int p = 0; p < Digits.PIXELS; p++) {
      int x = source[p] % side - right;
      int y = source[p] / side - down;
      boolean inside = source[p] >= 0 && x >= 0 && x < side && y >= 0 && y < side;
      moved[p] = inside ? y * side + x : -1;
    }
    return new PixelMap(moved);
  }

  /** What the learner sees of digit {@code i}, pixels divided by 255. */
  public SparseInput show(Digits digits, int i) {
    int[] indices = new int[Digits.PIXELS];
    float[] values = new float[Digits.PIXELS];
    int active = 0;
    int base = i * Digits.PIXELS;
    for (int p = 0; p < Digits.PIXELS; p++) {
      int from = source[p];
      if (from >= 0 && digits.pixels()[base + from] != 0) {
        indices[active] = p;
        values[active++] = digits.brightness(i, from);
      }
    }
    return new SparseInput(
        Digits.PIXELS, Arrays.copyOf(indices, active), Arrays.copyOf(values, active));
  }
}
