package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;

/**
 * One vector of floats for each task, on the card.
 *
 * @param data address, 0 for none
 * @param stride floats from a task's to the next one's; 0 if all share one
 */
record Rows(long data, long stride) {

  static final Rows NONE = new Rows(0, 0);

  /** One vector for all tasks. */
  static Rows shared(long data) {
    return new Rows(data, 0);
  }

  /** The same from element {@code offset} of each vector on. */
  Rows from(int offset) {
    return new Rows(data + 4L * offset, stride);
  }

  /** The same from task {@code task} on. */
  Rows fromTask(int task) {
    return new Rows(data + 4 * stride * task, stride);
  }

  ParameterBlock to(ParameterBlock block) {
    return block.pointer(data).wide(stride);
  }
}
