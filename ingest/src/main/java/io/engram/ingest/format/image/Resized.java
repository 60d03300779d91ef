package io.engram.ingest.format.image;

/**
 * An image of another size: each new pixel is the mean of the area of the old ones that it covers, in whole numbers alone, so that it is the same
 * on every machine. Grey is 0.299 red + 0.587 green + 0.114 blue.
 */
final class Resized {

  private final ImagePlan plan;
  private final Pixels pixels;

  Resized(ImagePlan plan, Pixels pixels) {
    this.plan = plan;
    this.pixels = pixels;
  }

  byte[] bytes() {
    int area = plan.height() * plan.width();
    byte[] levels = new byte[plan.channels() * area];
    for (int y = 0; y < plan.height(); y++) {
      for (int x = 0; x < plan.width(); x++) {
        write(levels, y * plan.width() + x, area, mean(x, y));
      }
    }
    return levels;
  }

  private void write(byte[] levels, int at, int area, int rgb) {
    int red = (rgb >> 16) & 0xff;
    int green = (rgb >> 8) & 0xff;
    int blue = rgb & 0xff;
    if (plan.channels() == 1) {
      levels[at] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    } else {
      levels[at] = (byte) red;
      levels[area + at] = (byte) green;
      levels[2 * area + at] = (byte) blue;
    }
  }

  /** In units of an old pixel's size over the new number of pixels, where all borders are whole. */
  private int mean(int x, int y) {
    long left = (long) x * pixels.width();
    long right = left + pixels.width();
    long top = (long) y * pixels.height();
    long bottom = top + pixels.height();
    long red = 0;
    long green = 0;
    long blue = 0;
    for (long row = top / plan.height(); row * plan.height() < bottom; row++) {
      long high = covered(row, plan.height(), top, bottom);
      for (long column = left / plan.width(); column * plan.width() < right; column++) {
        long weight = high * covered(column, plan.width(), left, right);
        int rgb = pixels.rgb((int) column, (int) row);
        red += weight * ((rgb >> 16) & 0xff);
        green += weight * ((rgb >> 8) & 0xff);
        blue += weight * (rgb & 0xff);
      }
    }
    long all = (long) pixels.width() * pixels.height();
    return (rounded(red, all) << 16) | (rounded(green, all) << 8) | rounded(blue, all);
  }

  private static long covered(long index, int size, long from, long to) {
    return Math.min((index + 1) * size, to) - Math.max(index * size, from);
  }

  private static int rounded(long sum, long all) {
    return (int) ((sum + all / 2) / all);
  }
}
