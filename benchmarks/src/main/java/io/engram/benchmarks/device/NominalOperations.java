package io.engram.benchmarks.device;

import io.engram.core.compute.MetaRule;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import java.util.List;

/**
 * Nominal floating-point operations: products of matrices alone, two for each multiplication with its addition. A gradient is the forward
 * pass, the gradient of the weights and, but for the first layer, of the input. A Hessian times a vector counts as two gradients. An engine that
 * finds a way with fewer still gets these.
 */
final class NominalOperations {

  private static final double MULTIPLY_AND_ADD = 2;

  private NominalOperations() {}

  /** Of one example's forward and backward pass. */
  static double gradient(NetworkSpec network) {
    List<Shape> shapes = network.shapes();
    double products = 0;
    boolean first = true;
    for (int i = 0; i < network.layers().size(); i++) {
      double layer = products(network.layers().get(i), shapes.get(i), shapes.get(i + 1));
      if (layer > 0) {
        products += (first ? 2 : 3) * layer;
        first = false;
      }
    }
    return MULTIPLY_AND_ADD * products;
  }

  /** Of one task's share of a meta-update. */
  static double task(DeviceCase workload, MetaRule rule) {
    double gradient = gradient(workload.spec());
    double inner = workload.innerSteps() * workload.support() * gradient;
    double outer = workload.query() * gradient;
    return switch (rule) {
      case REPTILE -> inner;
      case FIRST_ORDER -> inner + outer;
      case SECOND_ORDER -> 3 * inner + outer;
    };
  }

  private static double products(Layer layer, Shape in, Shape out) {
    return layer.on(new Products(in, out));
  }

  /** Products of numbers in one pass over one example. */
  private record Products(Shape in, Shape out) implements Layer.Cases<Double> {

    @Override
    public Double dense(Layer.Dense dense) {
      return (double) in.size() * out.size();
    }

    @Override
    public Double conv2d(Layer.Conv2d conv) {
      return (double) out.size() * ((Image) in).channels() * conv.kernel() * conv.kernel();
    }

    @Override
    public Double batchNorm(Layer.BatchNorm norm) {
      return 0.0;
    }

    @Override
    public Double layerNorm(Layer.LayerNorm norm) {
      return 0.0;
    }

    @Override
    public Double maxPool(Layer.MaxPool pool) {
      return 0.0;
    }

    @Override
    public Double averagePool(Layer.AveragePool pool) {
      return 0.0;
    }

    @Override
    public Double flatten(Layer.Flatten flatten) {
      return 0.0;
    }

    @Override
    public Double activation(Layer.Activation activation) {
      return 0.0;
    }
  }
}
