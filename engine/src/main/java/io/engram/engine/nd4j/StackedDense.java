package io.engram.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** y = xWᵀ + b by batched products, W [T, out, in], b [T, 1, out]. */
final class StackedDense extends ParameterLayer {

  StackedDense(int tasks, int inputs, int outputs) {
    super(room(tasks, inputs, outputs), room(tasks, inputs, outputs));
  }

  private static INDArray[] room(int tasks, int inputs, int outputs) {
    return new INDArray[] {
      StackLayer.room(tasks, outputs, inputs), StackLayer.room(tasks, 1, outputs)
    };
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    Nd4j.matmul(x, parameters[0], y, false, true, false);
    y.addi(parameters[1]);
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray gy, INDArray gx, boolean intoInput) {
    Nd4j.matmul(gy, x, gradients[0], true, false, false);
    gradients[1].assign(gy.sum(true, 1));
    if (intoInput) {
      Nd4j.matmul(gy, parameters[0], gx, false, false, false);
    }
  }
}
