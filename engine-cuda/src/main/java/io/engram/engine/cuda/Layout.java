package io.engram.engine.cuda;

import io.engram.core.network.Shape;

/**
 * Where the elements of one example lie: an image's lines are kept apart by a border of zeros, so that a convolution reads beyond the
 * edge without asking. Elements are counted channels first, as everywhere.
 *
 * @param channels 1 element each for a plain vector
 * @param lineStride floats from a line to the next
 * @param channelStride floats from a channel to the next
 * @param origin where element 0 lies
 * @param size floats of one example, borders included
 */
record Layout(
    int channels, int height, int width, int lineStride, int channelStride, int origin, int size) {

  /** How many zeros an image needs on each side. */
  record Border(int top, int left, int bottom, int right) {
    static final Border NONE = new Border(0, 0, 0, 0);

    Border with(Border other) {
      return new Border(
          Math.max(top, other.top),
          Math.max(left, other.left),
          Math.max(bottom, other.bottom),
          Math.max(right, other.right));
    }
  }

  static Layout of(Shape shape, Border border) {
    if (shape instanceof Shape.Image image) {
      int line = border.left() + image.width() + border.right();
      int channel = line * (border.top() + image.height() + border.bottom());
      return new Layout(
          image.channels(),
          image.height(),
          image.width(),
          line,
          channel,
          border.top() * line + border.left(),
          channel * image.channels());
    }
    return new Layout(shape.size(), 1, 1, 1, 1, 0, shape.size());
  }

  int features() {
    return channels * height * width;
  }

  int pixels() {
    return height * width;
  }

  /** Where pixel (y, x) of the first channel lies; may be in the border. */
  int pixel(int y, int x) {
    return origin + y * lineStride + x;
  }

  /** Where each element lies. */
  int[] elements() {
    int[] offsets = new int[features()];
    for (int i = 0; i < offsets.length; i++) {
      int y = i / width % height;
      offsets[i] = i / pixels() * channelStride + pixel(y, i % width);
    }
    return offsets;
  }
}
