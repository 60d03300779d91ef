package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;

/**
 * One set of activations, or of errors, of every task and example, on the card.
 *
 * @param data address, 0 for none
 * @param taskStride floats from a task to the next; 0 if all share one
 * @param layout of an example
 * @param elements address of the layout's table
 */
record Value(long data, long taskStride, Layout layout, long elements) {

  ParameterBlock to(ParameterBlock block) {
    return block.pointer(data).wide(taskStride).pointer(elements).number(layout.size()).number(0);
  }

  static ParameterBlock none(ParameterBlock block) {
    return block.pointer(0).wide(0).pointer(0).number(0).number(0);
  }

  /** The same for {@code wanted}, else none. */
  Value onlyIf(boolean wanted) {
    return wanted ? this : new Value(0, 0, layout, elements);
  }
}
