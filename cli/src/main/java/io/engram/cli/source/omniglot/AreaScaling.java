package io.engram.cli.source.omniglot;

/**
 * Makes a square image smaller by averaging the area under each target pixel. Omniglot's strokes are two or three pixels wide; sampling
 * every fourth pixel instead would break them.
 */
final class AreaScaling implements ImageScaling {

  private final int from;
  private final int to;

  AreaScaling(int from, int to) {
    this.from = from;
    this.to = to;
  }

  @Override
  public byte[] scale(float[] ink) {
    byte[] levels = new byte[to * to];
    double side = (double) from / to;
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        double covered = covered(ink, x * side, (x + 1) * side, y * side, (y + 1) * side);
        levels[y * to + x] = (byte) Math.round(255 * covered / (side * side));
      }
    }
    return levels;
  }

  private double covered(float[] ink, double left, double right, double top, double bottom) {
    double sum = 0;
    for (int y = (int) top; y < Math.min(from, Math.ceil(bottom)); y++) {
      double height = Math.min(y + 1, bottom) - Math.max(y, top);
      for (int x = (int) left; x < Math.min(from, Math.ceil(right)); x++) {
        sum += ink[y * from + x] * height * (Math.min(x + 1, right) - Math.max(x, left));
      }
    }
    return sum;
  }
}
