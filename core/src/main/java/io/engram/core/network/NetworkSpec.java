package io.engram.core.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A feed-forward network as a value: input shape, layers, head. Shapes are checked on construction, so a spec that
 * exists is a network that can be compiled. Its canonical text form ({@link #toString()}, {@link #parse(String)}) is what
 * configuration files and published model versions carry, e.g.
 *
 * <pre>input(1,28,28) conv(64,3,stride=2,same) batchnorm relu flatten dense(5) softmax</pre>
 *
 * @param input shape of one example
 * @param layers in order of the forward pass; at least one has parameters
 * @param head the loss on the last layer's outputs
 */
public record NetworkSpec(Shape input, List<Layer> layers, Head head) {

  public NetworkSpec {
    layers = List.copyOf(layers);
    if (shapes(input, layers).get(layers.size()) instanceof Shape.Image image) {
      throw new IllegalArgumentException(
          "the head needs a vector, but the last layer gives an image " + image + "; add flatten");
    }
  }

  /**
   * Shapes before, between and after the layers: element i is the input of layer i, the last one the network's output.
   */
  public List<Shape> shapes() {
    return shapes(input, layers);
  }

  /** Number of outputs: logits or predicted values. */
  public int outputs() {
    return shapes().get(layers.size()).size();
  }

  /** Where each parameter tensor lies in the flat vector. */
  public ParameterLayout layout() {
    return ParameterLayout.of(this);
  }

  /** Reads the canonical text form, or a preset's name (see {@link NetworkText}). */
  public static NetworkSpec parse(String text) {
    return NetworkText.parse(text);
  }

  @Override
  public String toString() {
    return NetworkText.format(this);
  }

  private static List<Shape> shapes(Shape input, List<Layer> layers) {
    List<Shape> shapes = new ArrayList<>(layers.size() + 1);
    shapes.add(input);
    for (int i = 0; i < layers.size(); i++) {
      shapes.add(LayerShapes.output(i, layers.get(i), shapes.get(i)));
    }
    return List.copyOf(shapes);
  }
}
