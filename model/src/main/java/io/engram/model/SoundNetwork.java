package io.engram.model;

import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.Shape;
import java.util.List;

/**
 * How large a network of a version may be. Whoever can write to a topic of versions can describe one that no machine holds; sizes are
 * counted before anything is made of them.
 */
final class SoundNetwork {

  /** A network's text is a few words a layer. */
  static final int LONGEST_TEXT = 20_000;

  static final int MOST_LAYERS = 500;

  /** Numbers between two layers, for one example. */
  static final double MOST_ACTIVATIONS = 1 << 26;

  static final double MOST_PARAMETERS = 1 << 29;

  private SoundNetwork() {}

  /**
   * Reads a network's text.
   *
   * @throws IllegalArgumentException if it is none, or beyond all measure
   */
  static NetworkSpec parse(String text) {
    require("characters of its text", text.length(), LONGEST_TEXT);
    NetworkSpec network = NetworkSpec.parse(text);
    require("layers", network.layers().size(), MOST_LAYERS);
    require("activations for one example", activations(network), MOST_ACTIVATIONS);
    require("numbers to learn", parameters(network), MOST_PARAMETERS);
    return network;
  }

  /** Numbers before, between and after its layers, for one example. */
  static double activations(NetworkSpec network) {
    return network.shapes().stream().mapToDouble(SoundNetwork::size).sum();
  }

  /** Multiplications of one pass of one example, roughly. */
  static double multiplications(NetworkSpec network) {
    double all = 0;
    List<Shape> shapes = network.shapes();
    for (int i = 0; i < network.layers().size(); i++) {
      Cost cost = network.layers().get(i).on(new Counting(shapes.get(i)));
      all += cost.each() * size(shapes.get(i + 1));
    }
    return all;
  }

  private static double parameters(NetworkSpec network) {
    double all = 0;
    List<Shape> shapes = network.shapes();
    for (int i = 0; i < network.layers().size(); i++) {
      all += network.layers().get(i).on(new Counting(shapes.get(i))).parameters();
    }
    return all;
  }

  static void require(String what, double found, double most) {
    if (!(found <= most)) {
      throw new IllegalArgumentException(
          "%.0f %s found, at most %.0f are taken".formatted(found, what, most));
    }
  }

  private static double size(Shape shape) {
    return shape instanceof Shape.Image image
        ? (double) image.channels() * image.height() * image.width()
        : shape.size();
  }

  /**
   * Of one layer.
   *
   * @param each multiplications for each of its outputs
   */
  private record Cost(double parameters, double each) {}

  /** The cost of each kind. */
  private record Counting(Shape input) implements Layer.Cases<Cost> {

    @Override
    public Cost dense(Layer.Dense dense) {
      return new Cost((size(input) + 1) * dense.units(), size(input));
    }

    @Override
    public Cost conv2d(Layer.Conv2d conv) {
      double window = (double) conv.kernel() * conv.kernel() * ((Shape.Image) input).channels();
      return new Cost((window + 1) * conv.filters(), window);
    }

    @Override
    public Cost batchNorm(Layer.BatchNorm norm) {
      return new Cost(4 * size(input), 1);
    }

    @Override
    public Cost layerNorm(Layer.LayerNorm norm) {
      return new Cost(2 * size(input), 1);
    }

    @Override
    public Cost maxPool(Layer.MaxPool pool) {
      return new Cost(0, (double) pool.kernel() * pool.kernel());
    }

    @Override
    public Cost averagePool(Layer.AveragePool pool) {
      return new Cost(0, (double) pool.kernel() * pool.kernel());
    }

    @Override
    public Cost flatten(Layer.Flatten flatten) {
      return new Cost(0, 0);
    }

    @Override
    public Cost activation(Layer.Activation activation) {
      return new Cost(0, 1);
    }
  }
}
