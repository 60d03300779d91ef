package io.engram.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Padding;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network as the JSON of DL4J's {@code MultiLayerConfiguration}, the head being a loss layer. Fields that are left out get DL4J's
 * defaults.
 */
final class Dl4jConfiguration {

  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
  private static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl.Activation";
  private static final String LOSSES = "org.nd4j.linalg.lossfunctions.impl.";
  private static final String UPDATER = "org.nd4j.linalg.learning.config.Sgd";

  private final ObjectNode root = new ObjectMapper().createObjectNode();
  private final ArrayNode layers;
  private final ObjectNode preProcessors;

  private Dl4jConfiguration() {
    root.put("backpropType", "Standard").put("dataType", "FLOAT");
    layers = root.putArray("confs");
    preProcessors = root.putObject("inputPreProcessors");
  }

  /**
   * The configuration.
   *
   * @throws RegistryCallFailed for layer-norm, which DL4J does not have
   */
  static JsonNode of(NetworkSpec network) {
    Dl4jConfiguration configuration = new Dl4jConfiguration();
    List<Shape> shapes = network.shapes();
    for (int i = 0; i < network.layers().size(); i++) {
      network.layers().get(i).on(configuration.new Converter(shapes.get(i)));
    }
    configuration.add(network.head());
    return configuration.root;
  }

  /** Adds one layer, and answers with itself. */
  private final class Converter implements Layer.Cases<Converter> {

    private final Shape input;

    private Converter(Shape input) {
      this.input = input;
    }

    @Override
    public Converter flatten(Layer.Flatten flatten) {
      addFlatten((Image) input);
      return this;
    }

    @Override
    public Converter dense(Layer.Dense dense) {
      trainable("DenseLayer", input.size(), dense.units(), "Identity").put("hasBias", true);
      return this;
    }

    @Override
    public Converter conv2d(Layer.Conv2d conv) {
      ObjectNode node =
          trainable("ConvolutionLayer", ((Image) input).channels(), conv.filters(), "Identity");
      node.put("hasBias", true).put("convolutionMode", mode(conv.padding()));
      window(node, conv.kernel(), conv.stride());
      return this;
    }

    @Override
    public Converter batchNorm(Layer.BatchNorm norm) {
      int features = input instanceof Image image ? image.channels() : input.size();
      trainable("BatchNormalization", features, features, "Identity")
          .put("eps", norm.epsilon())
          .put("decay", 0.9)
          .put("gamma", 1.0)
          .put("beta", 0.0)
          .put("minibatch", true);
      return this;
    }

    @Override
    public Converter layerNorm(Layer.LayerNorm norm) {
      throw new RegistryCallFailed("DL4J has no layer such as %s; export as npz".formatted(norm));
    }

    @Override
    public Converter maxPool(Layer.MaxPool pool) {
      addPool("MAX", pool.kernel(), pool.stride());
      return this;
    }

    @Override
    public Converter averagePool(Layer.AveragePool pool) {
      addPool("AVG", pool.kernel(), pool.stride());
      return this;
    }

    @Override
    public Converter activation(Layer.Activation activation) {
      layer("ActivationLayer").set("activationFn", function(activation.function()));
      return this;
    }
  }

  private void add(Head head) {
    boolean softmax = head == Head.SOFTMAX_CROSS_ENTROPY;
    ObjectNode node = trainable("LossLayer", 0, 0, softmax ? "Softmax" : "Identity");
    node.putObject("lossFn").put("@class", LOSSES + (softmax ? "LossMCXENT" : "LossMSE"));
  }

  private void addFlatten(Image image) {
    preProcessors
        .putObject(Integer.toString(layers.size()))
        .put("@class", "org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor")
        .put("inputHeight", image.height())
        .put("inputWidth", image.width())
        .put("numChannels", image.channels())
        .put("format", "NCHW");
  }

  private void addPool(String type, int kernel, int stride) {
    ObjectNode node =
        layer("SubsamplingLayer").put("poolingType", type).put("convolutionMode", "Truncate");
    window(node, kernel, stride);
  }

  private static void window(ObjectNode node, int kernel, int stride) {
    node.putArray("kernelSize").add(kernel).add(kernel);
    node.putArray("stride").add(stride).add(stride);
    node.putArray("padding").add(0).add(0);
    node.putArray("dilation").add(1).add(1);
    node.put("cnn2dDataFormat", "NCHW");
  }

  private static String mode(Padding padding) {
    return padding == Padding.SAME ? "Same" : "Truncate";
  }

  private ObjectNode trainable(String type, int in, int out, String activation) {
    ObjectNode node = layer(type).put("nin", in).put("nout", out);
    node.putObject("activationFn").put("@class", ACTIVATIONS + activation);
    node.putObject("iupdater").put("@class", UPDATER).put("learningRate", 1e-3);
    return node;
  }

  private ObjectNode layer(String type) {
    ObjectNode configuration = layers.addObject();
    configuration.put("dataType", "FLOAT").put("miniBatch", true).put("minimize", true);
    configuration.put("optimizationAlgo", "STOCHASTIC_GRADIENT_DESCENT").putArray("variables");
    return configuration
        .putObject("layer")
        .put("@class", LAYERS + type)
        .put("layerName", "layer" + (layers.size() - 1));
  }

  private static ObjectNode function(Layer.Function function) {
    @Nullable Double alpha = function == Layer.Function.LEAKY_RELU ? 0.01 : null;
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put(
                "@class",
                ACTIVATIONS
                    + switch (function) {
                      case RELU -> "ReLU";
                      case LEAKY_RELU -> "LReLU";
                      case TANH -> "TanH";
                      case IDENTITY -> "Identity";
                    });
    return alpha == null ? node : node.put("alpha", alpha);
  }
}
