package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;

/**
 * Where the patches of a {@link Stem} lie in its input.
 *
 * @param channels of the input
 * @param top zeros in front of the first line
 * @param left zeros in front of the first column
 */
record StemWindow(int channels, int kernel, int stride, int top, int left) {

  /** Longer patches than this cost more in their covariance than the sweeps they save; the kernels have room for no more. */
  static final int LONGEST_PATCH = 32;

  /** Elements of a patch. */
  int patch() {
    return channels * kernel * kernel;
  }

  /** The beginnings of patches, as the kernels want them: an image of as many pixels as the output has. */
  void patches(ParameterBlock block, Value x) {
    Layout layout = x.layout();
    plane(block, x, layout.pixel(-top, -left), stride * layout.lineStride(), stride);
  }

  /** All pixels of a set of images. */
  static void plane(ParameterBlock block, Value value) {
    plane(block, value, value.layout().origin(), value.layout().lineStride(), 1);
  }

  private static void plane(ParameterBlock block, Value value, int origin, int line, int column) {
    block
        .pointer(value.data())
        .wide(value.taskStride())
        .number(value.layout().size())
        .number(origin)
        .number(value.layout().channelStride())
        .number(line)
        .number(column)
        .number(0);
  }
}
