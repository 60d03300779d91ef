package io.engram.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer with parameters, [tasks, …] each, and room for their gradients. */
abstract class ParameterLayer implements StackLayer {

  final INDArray[] parameters;
  final INDArray[] gradients;

  ParameterLayer(INDArray[] parameters, INDArray[] gradients) {
    this.parameters = parameters;
    this.gradients = gradients;
  }

  @Override
  public final INDArray[] parameters() {
    return parameters;
  }

  @Override
  public final INDArray[] gradients() {
    return gradients;
  }
}
