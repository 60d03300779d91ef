package io.engram.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One layer for T tasks at once. Arrays begin with [T, examples]; images follow channels first. */
interface StackLayer extends AutoCloseable {

  /** Writes the output y of the input x. */
  void forward(INDArray x, INDArray y);

  /**
   * Writes the parameters' gradients and, if {@code intoInput}, gx = ∂L/∂x, given gy = ∂L/∂y and what forward last saw.
   */
  void backward(INDArray x, INDArray y, INDArray gy, INDArray gx, boolean intoInput);

  /** The trainable tensors in layout order, [T, …] each; none by default. */
  default INDArray[] parameters() {
    return new INDArray[0];
  }

  /** Their gradients. */
  default INDArray[] gradients() {
    return new INDArray[0];
  }

  @Override
  default void close() {
    for (INDArray array : parameters()) {
      array.close();
    }
    for (INDArray array : gradients()) {
      array.close();
    }
  }

  /** Room for floats, row-major. */
  static INDArray room(long... shape) {
    return Nd4j.create(DataType.FLOAT, shape, 'c');
  }
}
