package io.engram.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Pooling without parameters: all tasks' images are one batch to it. */
final class StackedPooling implements StackLayer {

  private final String operation;
  private final int[] window;

  private StackedPooling(String operation, int kernel, int stride) {
    this.operation = operation;
    this.window = new int[] {kernel, kernel, stride, stride, 0, 0, 1, 1, 0, 0, 0};
  }

  static StackedPooling max(int kernel, int stride) {
    return new StackedPooling("maxpool2d", kernel, stride);
  }

  static StackedPooling average(int kernel, int stride) {
    return new StackedPooling("avgpool2d", kernel, stride);
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(images(x))
            .addOutputs(images(y))
            .addIntegerArguments(window)
            .build());
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray gy, INDArray gx, boolean intoInput) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation + "_bp")
            .addInputs(images(x), images(gy))
            .addOutputs(images(gx))
            .addIntegerArguments(window)
            .build());
  }

  /** [T, examples, c, h, w] → [T · examples, c, h, w], the same memory. */
  private static INDArray images(INDArray stack) {
    long[] s = stack.shape();
    return stack.reshape('c', s[0] * s[1], s[2], s[3], s[4]);
  }
}
