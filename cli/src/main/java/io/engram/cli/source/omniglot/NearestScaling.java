package io.engram.cli.source.omniglot;

/**
 * Makes a square image smaller by taking the pixel under the middle of each target pixel, as Pillow's {@code NEAREST} does. Breaks thin
 * strokes; it is here because published figures were made with it.
 */
final class NearestScaling implements ImageScaling {

  private final int from;
  private final int to;

  NearestScaling(int from, int to) {
    this.from = from;
    this.to = to;
  }

  @Override
  public byte[] scale(float[] ink) {
    byte[] levels = new byte[to * to];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.round(255 * ink[source(i / to) * from + source(i % to)]);
    }
    return levels;
  }

  /** ⌊(i + ½)·from/to⌋ in whole numbers. */
  private int source(int i) {
    return (2 * i + 1) * from / (2 * to);
  }
}
