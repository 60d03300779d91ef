package io.engram.engine.fused;

import io.engram.core.network.Layer.Padding;
import io.engram.core.network.Shape.Image;

/**
 * How a square window slides over an image stored channels last.
 *
 * @param beforeRows rows of zeros above the image
 * @param beforeColumns columns of zeros left of it
 */
record Window(
    Image input, Image output, int kernel, int stride, int beforeRows, int beforeColumns) {

  static Window of(Image input, Image output, int kernel, int stride, Padding padding) {
    if (padding == Padding.VALID) {
      return new Window(input, output, kernel, stride, 0, 0);
    }
    return new Window(
        input,
        output,
        kernel,
        stride,
        before(input.height(), output.height(), kernel, stride),
        before(input.width(), output.width(), kernel, stride));
  }

  /** DL4J and TensorFlow put the odd zero at the end. */
  private static int before(int in, int out, int kernel, int stride) {
    return Math.max(0, (out - 1) * stride + kernel - in) / 2;
  }

  /** First input row under the window at output row {@code y}; negative inside the border. */
  int top(int y) {
    return y * stride - beforeRows;
  }

  /** First input column under the window at output column {@code x}; negative inside the border. */
  int left(int x) {
    return x * stride - beforeColumns;
  }

  /** First kernel row that lies on the image at output row {@code y}. */
  int firstRow(int y) {
    return Math.max(0, -top(y));
  }

  /** One past the last kernel row that lies on the image. */
  int lastRow(int y) {
    return Math.min(kernel, input.height() - top(y));
  }

  /** First kernel column that lies on the image at output column {@code x}. */
  int firstColumn(int x) {
    return Math.max(0, -left(x));
  }

  /** Number of kernel columns that lie on the image. */
  int columns(int x) {
    return Math.min(kernel, input.width() - left(x)) - firstColumn(x);
  }

  /** Windows of one line that cover the same pixel, at most. */
  int overlap() {
    return (kernel + stride - 1) / stride;
  }
}
