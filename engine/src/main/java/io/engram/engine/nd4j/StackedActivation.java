package io.engram.engine.nd4j;

import io.engram.core.network.Layer.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** An element-wise non-linearity; flattening is the identity on another shape. */
record StackedActivation(Function function) implements StackLayer {

  @Override
  public void forward(INDArray x, INDArray y) {
    y.assign(x.reshape('c', y.shape()));
    switch (function) {
      case RELU -> Transforms.relu(y, false);
      case LEAKY_RELU -> Transforms.leakyRelu(y, 0.01, false);
      case TANH -> Transforms.tanh(y, false);
      case IDENTITY -> {}
    }
  }

  /** gx = gy·f′, told from y = f(x). */
  @Override
  public void backward(INDArray x, INDArray y, INDArray gy, INDArray gx, boolean intoInput) {
    gx.assign(gy.reshape('c', gx.shape()));
    switch (function) {
      case RELU -> gx.muli(y.gt(0).castTo(DataType.FLOAT));
      case LEAKY_RELU -> gx.muli(y.gt(0).castTo(DataType.FLOAT).muli(0.99f).addi(0.01f));
      case TANH -> gx.muli(y.mul(y).rsubi(1));
      case IDENTITY -> {}
    }
  }
}
