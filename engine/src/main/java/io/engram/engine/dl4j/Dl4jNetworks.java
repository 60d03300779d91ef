package io.engram.engine.dl4j;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Function;
import io.engram.core.network.Layer.Padding;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import io.engram.engine.OpenBlasKernels;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Converts networks to and from DL4J's configuration. The flat parameters of both are the same, element for element: {@code
 * new MultiLayerNetwork(toDl4j(network))}, {@code init(parameters, true)} and {@code feedForward(input, true)} give our outputs.
 * (In DL4J batch-norm uses the batch's own statistics only in training mode; ours always does.)
 */
public final class Dl4jNetworks {

  static {
    OpenBlasKernels.choose();
  }

  private Dl4jNetworks() {}

  /**
   * The same network with its head as a loss layer.
   *
   * @throws UnsupportedNetworkException for layer-norm, which DL4J does not have
   */
  public static MultiLayerConfiguration toDl4j(NetworkSpec network) {
    LossLayer head =
        network.head() == Head.SOFTMAX_CROSS_ENTROPY
            ? new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()
            : new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build();
    return build(network, head);
  }

  /** Without a loss, for gradients from outside. */
  static MultiLayerConfiguration withoutHead(NetworkSpec network) {
    return build(network, new ActivationLayer(Activation.IDENTITY));
  }

  private static MultiLayerConfiguration build(
      NetworkSpec network, org.deeplearning4j.nn.conf.layers.Layer last) {
    NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().list();
    List<Shape> shapes = network.shapes();
    int index = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (layer instanceof Layer.Flatten) {
        Image image = (Image) shapes.get(i);
        list.inputPreProcessor(
            index,
            new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels()));
      } else {
        list.layer(index++, convert(layer, shapes.get(i)));
      }
    }
    return list.layer(index, last).build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer convert(Layer layer, Shape input) {
    if (layer instanceof Layer.Dense dense) {
      return new DenseLayer.Builder()
          .nIn(input.size())
          .nOut(dense.units())
          .activation(Activation.IDENTITY)
          .build();
    }
    if (layer instanceof Layer.Conv2d conv) {
      return new ConvolutionLayer.Builder(conv.kernel(), conv.kernel())
          .stride(conv.stride(), conv.stride())
          .convolutionMode(
              conv.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate)
          .nIn(((Image) input).channels())
          .nOut(conv.filters())
          .activation(Activation.IDENTITY)
          .build();
    }
    if (layer instanceof Layer.BatchNorm norm) {
      int features = input instanceof Image image ? image.channels() : input.size();
      return new BatchNormalization.Builder()
          .nIn(features)
          .nOut(features)
          .eps(norm.epsilon())
          .build();
    }
    if (layer instanceof Layer.MaxPool pool) {
      return pool(PoolingType.MAX, pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.AveragePool pool) {
      return pool(PoolingType.AVG, pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.Activation activation) {
      return new ActivationLayer(
          switch (activation.function()) {
            case RELU -> Activation.RELU;
            case LEAKY_RELU -> Activation.LEAKYRELU;
            case TANH -> Activation.TANH;
            case IDENTITY -> Activation.IDENTITY;
          });
    }
    throw new UnsupportedNetworkException(
        layer + " has no counterpart in DL4J; use batch-norm, or the fused engine");
  }

  private static SubsamplingLayer pool(PoolingType type, int kernel, int stride) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(kernel, kernel)
        .stride(stride, stride)
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  /**
   * The network of a configuration.
   *
   * @param input shape of one example, which a DL4J configuration does not keep
   * @throws UnsupportedNetworkException if a layer, activation or loss has no counterpart here; the message names it
   */
  public static NetworkSpec fromDl4j(MultiLayerConfiguration configuration, Shape input) {
    List<Layer> layers = new ArrayList<>();
    Head head = null;
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      InputPreProcessor before = configuration.getInputPreProcess(i);
      if (before instanceof CnnToFeedForwardPreProcessor) {
        layers.add(new Layer.Flatten());
      } else if (before != null) {
        throw unsupported(i, "input preprocessor " + before.getClass().getSimpleName());
      }
      org.deeplearning4j.nn.conf.layers.Layer layer = configuration.getConf(i).getLayer();
      if (layer instanceof OutputLayer output) {
        layers.add(new Layer.Dense(Math.toIntExact(output.getNOut())));
        head = head(output.getLossFn() instanceof LossMCXENT);
      } else if (layer instanceof LossLayer loss) {
        head = head(loss.getLossFn() instanceof LossMCXENT);
      } else {
        append(layers, i, layer);
      }
    }
    if (head == null) {
      throw new UnsupportedNetworkException(
          "the DL4J configuration has no output or loss layer, so it is not known what to learn");
    }
    return new NetworkSpec(input, layers, head);
  }

  private static Head head(boolean crossEntropy) {
    return crossEntropy ? Head.SOFTMAX_CROSS_ENTROPY : Head.MEAN_SQUARED_ERROR;
  }

  private static void append(
      List<Layer> layers, int index, org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof DenseLayer dense) {
      layers.add(new Layer.Dense(Math.toIntExact(dense.getNOut())));
      activation(layers, index, dense.getActivationFn());
    } else if (layer instanceof ConvolutionLayer conv) {
      square(index, conv.getKernelSize());
      square(index, conv.getStride());
      layers.add(
          new Layer.Conv2d(
              Math.toIntExact(conv.getNOut()),
              conv.getKernelSize()[0],
              conv.getStride()[0],
              conv.getConvolutionMode() == ConvolutionMode.Same ? Padding.SAME : Padding.VALID));
      activation(layers, index, conv.getActivationFn());
    } else if (layer instanceof BatchNormalization norm) {
      layers.add(new Layer.BatchNorm((float) norm.getEps()));
    } else if (layer instanceof SubsamplingLayer pool) {
      square(index, pool.getKernelSize());
      square(index, pool.getStride());
      layers.add(
          switch (pool.getPoolingType()) {
            case MAX -> new Layer.MaxPool(pool.getKernelSize()[0], pool.getStride()[0]);
            case AVG -> new Layer.AveragePool(pool.getKernelSize()[0], pool.getStride()[0]);
            default -> throw unsupported(index, "pooling " + pool.getPoolingType());
          });
    } else if (layer instanceof ActivationLayer activation) {
      activation(layers, index, activation.getActivationFn());
    } else {
      throw unsupported(index, layer.getClass().getSimpleName());
    }
  }

  private static void activation(List<Layer> layers, int index, IActivation activation) {
    if (activation instanceof ActivationReLU) {
      layers.add(new Layer.Activation(Function.RELU));
    } else if (activation instanceof ActivationLReLU) {
      layers.add(new Layer.Activation(Function.LEAKY_RELU));
    } else if (activation instanceof ActivationTanH) {
      layers.add(new Layer.Activation(Function.TANH));
    } else if (!(activation instanceof ActivationIdentity)) {
      throw unsupported(index, "activation " + activation);
    }
  }

  private static void square(int index, int[] sizes) {
    if (sizes[0] != sizes[1]) {
      throw unsupported(index, "a window of " + sizes[0] + "×" + sizes[1] + ", not square");
    }
  }

  private static UnsupportedNetworkException unsupported(int index, String what) {
    return new UnsupportedNetworkException(
        "layer %d of the DL4J configuration: %s has no counterpart here".formatted(index, what));
  }
}
