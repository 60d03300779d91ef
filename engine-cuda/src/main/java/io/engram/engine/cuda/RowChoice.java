package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;

/**
 * Which examples of its set each task sees at once.
 *
 * @param address of [tasks] rows of indices, 0 for all examples in order
 * @param taskStride ints from a task's to the next one's
 */
record RowChoice(long address, long taskStride) {

  static final RowChoice ALL = new RowChoice(0, 0);

  ParameterBlock to(ParameterBlock block, int firstTask) {
    return block.pointer(address == 0 ? 0 : address + 4 * taskStride * firstTask).wide(taskStride);
  }
}
