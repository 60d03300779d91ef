package io.engram.engine.dl4j;

import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.Shape.Image;
import io.engram.core.task.Targets;
import io.engram.engine.HeadLoss;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Outputs and gradients of one batch at given parameters, by DL4J. */
final class Dl4jModel {

  private final NetworkSpec network;
  private final MultiLayerNetwork dl4j;

  Dl4jModel(NetworkSpec network) {
    this.network = network;
    this.dl4j = new MultiLayerNetwork(Dl4jNetworks.withoutHead(network));
    dl4j.init();
  }

  /** [examples × outputs] */
  float[] outputs(float[] parameters, float[] inputs, int examples) {
    set(parameters);
    return forward(inputs, examples).dup('c').data().asFloat();
  }

  /** Mean loss; writes its gradient. */
  double gradient(float[] parameters, float[] inputs, Targets targets, float[] gradient) {
    set(parameters);
    int examples = targets.size();
    int width = network.outputs();
    float[] outputs = forward(inputs, examples).dup('c').data().asFloat();
    float[] errors = new float[examples * width];
    double loss = HeadLoss.gradient(outputs, width, targets, errors);
    dl4j.backpropGradient(Nd4j.create(errors, new long[] {examples, width}, 'c'), null);
    float[] found = dl4j.getGradientsViewArray().dup().data().asFloat();
    System.arraycopy(found, 0, gradient, 0, gradient.length);
    // DL4J moves its running statistics by way of the gradient; ours stand still.
    for (ParameterTensor tensor : network.layout().tensors()) {
      if (!tensor.role().trainable()) {
        Arrays.fill(gradient, tensor.offset(), tensor.end(), 0f);
      }
    }
    return loss;
  }

  private void set(float[] parameters) {
    dl4j.setParams(Nd4j.create(parameters, new long[] {1, parameters.length}, 'c'));
  }

  private INDArray forward(float[] inputs, int examples) {
    long[] shape =
        network.input() instanceof Image image
            ? new long[] {examples, image.channels(), image.height(), image.width()}
            : new long[] {examples, network.input().size()};
    dl4j.setInput(Nd4j.create(inputs.clone(), shape, 'c'));
    List<INDArray> activations = dl4j.feedForward(true, false);
    return activations.get(activations.size() - 1);
  }
}
