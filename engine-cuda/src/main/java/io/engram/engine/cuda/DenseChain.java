package io.engram.engine.cuda;

import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Function;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network of dense layers and activations that is small enough for one multiprocessor, with an inner loop that lets its first layer be
 * kept in dual form: plain gradient descent on the whole support set, one step size for each tensor.
 *
 * @param inputs of the first layer
 * @param layers at least two
 * @param sharedBytes what a task needs
 */
record DenseChain(int inputs, List<DenseLayer> layers, int sharedBytes) {

  /** As in the kernels. */
  static final int MOST_LAYERS = 5;

  /** Below this many inputs the dual form takes more than it saves. */
  private static final int FEWEST_INPUTS = 32;

  /**
   * A layer.
   *
   * @param weight offset of W in the flat parameters
   * @param bias offset of b
   * @param weightTensor W's number in the layout
   * @param function the activation behind it
   */
  record DenseLayer(
      int width, int weight, int bias, int weightTensor, int biasTensor, Function function) {}

  /** The chain, or null if the network, the loop or its size is another. */
  static @Nullable DenseChain of(Circuit circuit, MetaShape shape) {
    boolean plain =
        shape.groups().size() == 1
            && shape.loop().adam() == null
            && shape.loop().batch() == 0
            && !shape.loop().headOnly()
            && !shape.loop().perParameter()
            && shape.alpha() == MetaShape.Alpha.NONE
            && !shape.weighted()
            && shape.loop().steps() > 0;
    List<DenseLayer> layers = plain ? layers(circuit) : List.of();
    int inputs = circuit.network.input().size();
    if (layers.size() < 2 || layers.size() > MOST_LAYERS || inputs < FEWEST_INPUTS) {
      return null;
    }
    DenseChain chain = new DenseChain(inputs, layers, sharedBytes(layers, shape));
    return chain.sharedBytes <= circuit.sharedBytes() ? chain : null;
  }

  /** Outputs of the first layer. */
  int width() {
    return layers.get(0).width();
  }

  /** Weights of the first layer. */
  int firstWeights() {
    return Math.multiplyExact(inputs, width());
  }

  /** What the way back needs of a step. */
  long keptFloats(int examples) {
    long floats = 0;
    for (int l = 0; l < layers.size(); l++) {
      floats += 2L * examples * (layers.get(l).width() + 1);
      floats += l == 0 ? 0 : (long) layers.get(l).width() * (layers.get(l - 1).width() + 1);
    }
    return floats;
  }

  private static List<DenseLayer> layers(Circuit circuit) {
    NetworkSpec network = circuit.network;
    List<DenseLayer> found = new ArrayList<>();
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Layer.Dense dense) {
        int weight = tensor(circuit, i, Role.WEIGHT);
        int bias = tensor(circuit, i, Role.BIAS);
        Function function =
            i + 1 < layers.size() && layers.get(i + 1) instanceof Layer.Activation activation
                ? activation.function()
                : Function.IDENTITY;
        found.add(
            new DenseLayer(
                dense.units(),
                circuit.layout().tensors().get(weight).offset(),
                circuit.layout().tensors().get(bias).offset(),
                weight,
                bias,
                function));
      } else if (!(layers.get(i) instanceof Layer.Activation)
          || i == 0
          || !(layers.get(i - 1) instanceof Layer.Dense)) {
        return List.of();
      }
    }
    // The last layer's outputs are the head's: an activation there is for the other way.
    return found.get(found.size() - 1).function() == Function.IDENTITY ? found : List.of();
  }

  private static int tensor(Circuit circuit, int layer, Role role) {
    List<ParameterTensor> tensors = circuit.layout().tensors();
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.get(i).layer() == layer && tensors.get(i).role() == role) {
        return i;
      }
    }
    throw new IllegalStateException("layer " + layer + " has no " + role);
  }

  /** As the kernel lays out its shared memory. */
  private static int sharedBytes(List<DenseLayer> layers, MetaShape shape) {
    GroupShape group = shape.groups().get(0);
    long n = group.support();
    long rows = shape.rule() == MetaRule.REPTILE ? n : Math.max(n, group.query());
    long floats = 0;
    long back = 0;
    for (int l = 0; l < layers.size(); l++) {
      long stride = layers.get(l).width() + 1L;
      long before = l == 0 ? 0 : layers.get(l - 1).width() + 1L;
      long weights = layers.get(l).width() * before;
      floats += 2 * rows * stride + weights + layers.get(l).width();
      back += 2 * n * stride + weights + layers.get(l).width();
    }
    long first = layers.get(0).width() + 1L;
    floats += (rows + n) * first;
    back += n * first;
    long bytes = 4 * (floats + (shape.exact() ? back : 0));
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
