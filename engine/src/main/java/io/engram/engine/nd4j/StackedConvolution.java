package io.engram.engine.nd4j;

import io.engram.core.network.Layer.Conv2d;
import io.engram.core.network.Layer.Padding;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's convolution, which knows one set of filters: task after task into slices of the stack, b [T, filters], W [T, filters, channels, k, k]. */
final class StackedConvolution extends ParameterLayer {

  /** Filters are [filters, channels, k, k]. */
  private static final int FILTERS_FIRST = 1;

  private final int tasks;
  private final int[] window;

  StackedConvolution(int tasks, int channels, Conv2d layer) {
    super(room(tasks, channels, layer), room(tasks, channels, layer));
    this.tasks = tasks;
    int same = layer.padding() == Padding.SAME ? 1 : 0;
    this.window =
        new int[] {
          layer.kernel(),
          layer.kernel(),
          layer.stride(),
          layer.stride(),
          0,
          0,
          1,
          1,
          same,
          0,
          FILTERS_FIRST
        };
  }

  private static INDArray[] room(int tasks, int channels, Conv2d layer) {
    return new INDArray[] {
      StackLayer.room(tasks, layer.filters()),
      StackLayer.room(tasks, layer.filters(), channels, layer.kernel(), layer.kernel())
    };
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    for (int t = 0; t < tasks; t++) {
      Nd4j.exec(
          DynamicCustomOp.builder("conv2d")
              .addInputs(x.slice(t), parameters[1].slice(t), parameters[0].slice(t))
              .addOutputs(y.slice(t))
              .addIntegerArguments(window)
              .build());
    }
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray gy, INDArray gx, boolean intoInput) {
    for (int t = 0; t < tasks; t++) {
      Nd4j.exec(
          DynamicCustomOp.builder("conv2d_bp")
              .addInputs(x.slice(t), parameters[1].slice(t), parameters[0].slice(t), gy.slice(t))
              .addOutputs(gx.slice(t), gradients[1].slice(t), gradients[0].slice(t))
              .addIntegerArguments(window)
              .build());
    }
  }
}
