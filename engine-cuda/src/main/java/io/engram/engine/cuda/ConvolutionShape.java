package io.engram.engine.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * A convolution, W [filters, channels, kernel, kernel]. Patches are gathered while they are multiplied. On the way back the pixels of x
 * fall into stride × stride classes, each of which meets the same elements of the filters: one product for each class.
 *
 * @param kernel how the filters go over x
 */
record ConvolutionShape(Tables tables, Layout x, Layout y, Layout gx, Layout gy, Kernel kernel)
    implements Linear.Shape {

  /**
   * How filters go over an image.
   *
   * @param size lines and columns of a filter
   * @param stride pixels from one place to the next
   * @param top zeros in front of the first line
   * @param left zeros in front of the first column
   */
  record Kernel(int size, int stride, int top, int left) {

    /** Zeros around the errors of y that {@link ConvolutionShape#inputErrors(int)} reads. */
    Layout.Border aroundErrors(Layout x, Layout y) {
      int before = (size - 1) / stride;
      return new Layout.Border(
          before,
          before,
          Math.max(0, (x.height() - 1 + top) / stride - (y.height() - 1)),
          Math.max(0, (x.width() - 1 + left) / stride - (y.width() - 1)));
    }

    /** How many of a filter's lines or columns the class of pixels {@code from} meets. */
    int along(int from) {
      return from >= size ? 0 : (size - from + stride - 1) / stride;
    }
  }

  /** How far an image with SAME padding is to be extended: in front of it, and behind it. */
  static int[] padding(int in, int out, int kernel, int stride) {
    int total = Math.max(0, (out - 1) * stride + kernel - in);
    return new int[] {total / 2, total - total / 2};
  }

  /** Zeros around x that {@link #forward} reads. */
  static Layout.Border around(int[] vertical, int[] horizontal) {
    return new Layout.Border(vertical[0], horizontal[0], vertical[1], horizontal[1]);
  }

  @Override
  public Product forward(int examples) {
    return new Product(
        tables,
        new Factor(DenseShape.times(y.channels(), patch()), DenseShape.times(patch(), 1), true),
        new Factor(corners(examples), taps(), false),
        channels(y),
        pixels(y, examples));
  }

  @Override
  public Product weightGradient(int examples) {
    return new Product(
        tables,
        new Factor(channels(gy), pixels(gy, examples), true),
        new Factor(taps(), corners(examples), true),
        DenseShape.times(y.channels(), patch()),
        DenseShape.times(patch(), 1));
  }

  @Override
  public List<Product> inputErrors(int examples) {
    List<Product> classes = new ArrayList<>();
    for (int down = 0; down < kernel.stride; down++) {
      for (int right = 0; right < kernel.stride; right++) {
        classes.add(inputErrors(examples, down, right));
      }
    }
    return classes;
  }

  @Override
  public boolean weightsFirst() {
    return true;
  }

  /** Class by class, channel by channel: what belongs to one row of a product lies beside each other. */
  @Override
  public int[] turned() {
    int size = kernel.size;
    int stride = kernel.stride;
    List<Integer> from = new ArrayList<>();
    for (int down = 0; down < stride; down++) {
      for (int right = 0; right < stride; right++) {
        for (int c = 0; c < x.channels(); c++) {
          for (int f = 0; f < y.channels(); f++) {
            for (int ky = down; ky < size; ky += stride) {
              for (int kx = right; kx < size; kx += stride) {
                from.add(f * patch() + (c * size + ky) * size + kx);
              }
            }
          }
        }
      }
    }
    return array(from);
  }

  /** Of the pixels (y, x) with (y + top) mod stride = down and (x + left) mod stride = right. */
  private Product inputErrors(int examples, int down, int right) {
    int stride = kernel.stride;
    int top = kernel.top;
    int left = kernel.left;
    List<Integer> errors = new ArrayList<>();
    for (int f = 0; f < y.channels(); f++) {
      for (int ky = down; ky < kernel.size; ky += stride) {
        for (int kx = right; kx < kernel.size; kx += stride) {
          errors.add(f * gy.channelStride() - (ky / stride) * gy.lineStride() - kx / stride);
        }
      }
    }
    List<Integer> from = new ArrayList<>();
    List<Integer> to = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      for (int row = 0; row < x.height(); row++) {
        for (int column = 0; column < x.width(); column++) {
          if ((row + top) % stride == down && (column + left) % stride == right) {
            from.add(e * gy.size() + gy.pixel((row + top) / stride, (column + left) / stride));
            to.add(e * gx.size() + gx.pixel(row, column));
          }
        }
      }
    }
    int depth = errors.size();
    int[] weights = DenseShape.times(x.channels(), depth);
    for (int c = 0; c < weights.length; c++) {
      weights[c] += before(down, right);
    }
    return new Product(
        tables,
        new Factor(weights, DenseShape.times(depth, 1), true),
        new Factor(array(from), array(errors), false),
        DenseShape.times(x.channels(), gx.channelStride()),
        array(to));
  }

  /** Where the turned weights of a class begin. */
  private int before(int down, int right) {
    int taps = 0;
    for (int i = 0; i < down * kernel.stride + right; i++) {
      taps += kernel.along(i / kernel.stride) * kernel.along(i % kernel.stride);
    }
    return taps * x.channels() * y.channels();
  }

  private int patch() {
    return x.channels() * kernel.size * kernel.size;
  }

  /** Where the patch of each output pixel begins. */
  private int[] corners(int examples) {
    int[] offsets = new int[examples * y.pixels()];
    for (int i = 0; i < offsets.length; i++) {
      int pixel = i % y.pixels();
      offsets[i] =
          i / y.pixels() * x.size()
              + x.pixel(
                  pixel / y.width() * kernel.stride - kernel.top,
                  pixel % y.width() * kernel.stride - kernel.left);
    }
    return offsets;
  }

  /** Elements of a patch from its beginning. */
  private int[] taps() {
    int side = kernel.size;
    int[] offsets = new int[patch()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] =
          i / (side * side) * x.channelStride() + i / side % side * x.lineStride() + i % side;
    }
    return offsets;
  }

  private static int[] channels(Layout layout) {
    return DenseShape.times(layout.channels(), layout.channelStride());
  }

  private static int[] pixels(Layout layout, int examples) {
    int[] offsets = new int[examples * layout.pixels()];
    for (int i = 0; i < offsets.length; i++) {
      int pixel = i % layout.pixels();
      offsets[i] =
          i / layout.pixels() * layout.size()
              + layout.pixel(pixel / layout.width(), pixel % layout.width());
    }
    return offsets;
  }

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
