package io.engram.engine.fused;

import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Function;
import io.engram.core.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Dense layers for streams. Weights are kept by input unit, a row for each, so that a blank pixel costs nothing. For one example a call into BLAS
 * costs more than it computes: there it is plain Java, which HotSpot vectorises along the rows.
 */
final class StreamNetwork implements StreamProgram {

  private final NetworkSpec network;
  private final StreamLayer[] layers;
  private final int outputs;
  private final int end;

  StreamNetwork(NetworkSpec network) {
    this.network = network;
    this.outputs = network.outputs();
    if (network.head() != Head.SOFTMAX_CROSS_ENTROPY) {
      throw new UnsupportedNetworkException(
          "stream programs classify: the head must be softmax, found " + network.head());
    }
    List<StreamLayer> stacked = new ArrayList<>();
    int units = network.input().size();
    int row = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (layer instanceof Layer.Dense dense) {
        StreamLayer added =
            new StreamLayer(units, dense.units(), row, activation(network.layers(), i));
        stacked.add(added);
        row = added.end();
        units = dense.units();
      } else if (!(layer instanceof Layer.Activation && behindDense(network.layers(), i))
          && !(layer instanceof Layer.Flatten)) {
        throw new UnsupportedNetworkException(
            "layer %d (%s): stream programs run dense layers with one activation behind each; use episodes for others"
                .formatted(i, layer));
      }
    }
    layers = stacked.toArray(StreamLayer[]::new);
    end = row;
  }

  private static Function activation(List<Layer> layers, int dense) {
    return dense + 1 < layers.size() && layers.get(dense + 1) instanceof Layer.Activation next
        ? next.function()
        : Function.IDENTITY;
  }

  private static boolean behindDense(List<Layer> layers, int activation) {
    return activation > 0 && layers.get(activation - 1) instanceof Layer.Dense;
  }

  @Override
  public NetworkSpec network() {
    return network;
  }

  @Override
  public StreamVector zeros() {
    float[][] rows = new float[end][];
    for (StreamLayer layer : layers) {
      for (int r = layer.first; r < layer.end(); r++) {
        rows[r] = new float[layer.out];
      }
    }
    return new StreamVector(rows);
  }

  @Override
  public void load(float[] theta, StreamVector weights) {
    translate("θ", theta, weights, true);
  }

  @Override
  public void store(StreamVector weights, float[] theta) {
    translate("θ", theta, weights, false);
  }

  /** Layout order has each dense layer's weights unit by unit, then its biases. */
  private void translate(String what, float[] theta, StreamVector weights, boolean load) {
    check("weights", weights);
    int expected = network.layout().length();
    if (theta.length != expected) {
      throw new IllegalArgumentException(
          "%s has %d elements, this network %d parameters".formatted(what, theta.length, expected));
    }
    int offset = 0;
    for (StreamLayer layer : layers) {
      for (int i = 0; i <= layer.in; i++) {
        float[] row = weights.rows()[layer.first + i];
        for (int o = 0; o < layer.out; o++) {
          int at = i < layer.in ? offset + o * layer.in + i : offset + layer.in * layer.out + o;
          if (load) {
            row[o] = theta[at];
          } else {
            theta[at] = row[o];
          }
        }
      }
      offset += (layer.in + 1) * layer.out;
    }
  }

  @Override
  public void predict(StreamVector weights, StreamBatch batch, float[] logits) {
    check("weights", weights);
    check(batch);
    StreamLayer last = forward(weights, batch);
    for (int b = 0; b < batch.size(); b++) {
      System.arraycopy(last.activations[b], 0, logits, b * last.out, last.out);
    }
  }

  @Override
  public double addGradient(
      StreamVector weights, StreamBatch batch, float scale, StreamVector sum) {
    check("gradient sum", sum);
    double loss = computeGradient(weights, batch);
    addGradient(scale, sum);
    return loss;
  }

  @Override
  public double computeGradient(StreamVector weights, StreamBatch batch) {
    double loss = propagate(weights, batch);
    for (StreamLayer layer : layers) {
      layer.takeGradient();
    }
    return loss;
  }

  @Override
  public void addGradient(float scale, StreamVector sum) {
    check("gradient sum", sum);
    for (StreamLayer layer : layers) {
      layer.addTo(sum, scale);
    }
  }

  @Override
  public void addGradientProduct(float scale, StreamVector factor, StreamVector sum) {
    check("factor", factor);
    check("gradient sum", sum);
    for (StreamLayer layer : layers) {
      layer.addProduct(sum, factor, scale);
    }
  }

  @Override
  public double descend(StreamVector weights, StreamBatch batch, float step) {
    return addGradient(weights, batch, -step, weights);
  }

  @Override
  public double descend(
      StreamVector weights, StreamBatch batch, StreamVector steps, double longest) {
    check("step sizes", steps);
    double loss = computeGradient(weights, batch);
    double squares = 0;
    for (StreamLayer layer : layers) {
      squares += layer.addProduct(weights, steps, -1f);
    }
    if (squares > longest * longest) {
      // Few gradients are too long: to go the whole way and a piece back costs less than to look at
      // each of them twice.
      addGradientProduct((float) (1 - longest / Math.sqrt(squares)), steps, weights);
    }
    return loss;
  }

  @Override
  public void addSquaredGradients(StreamVector weights, StreamBatch batch, StreamVector squares) {
    check("squares", squares);
    propagate(weights, batch);
    for (StreamLayer layer : layers) {
      layer.addSquares(squares);
    }
  }

  private StreamLayer forward(StreamVector weights, StreamBatch batch) {
    layers[0].forward(weights, batch);
    for (int l = 1; l < layers.length; l++) {
      layers[l].forward(weights, layers[l - 1]);
    }
    return layers[layers.length - 1];
  }

  /** Forward and backward, up to every layer's delta; returns the loss. */
  private double propagate(StreamVector weights, StreamBatch batch) {
    check("weights", weights);
    check(batch);
    StreamLayer last = forward(weights, batch);
    double loss = 0;
    for (int b = 0; b < batch.size(); b++) {
      loss += batch.gradient(b, last.activations[b], last.delta[b]);
    }
    for (int l = layers.length - 1; l > 0; l--) {
      layers[l].backward(weights, layers[l - 1]);
    }
    return loss;
  }

  private void check(String what, StreamVector vector) {
    boolean fits = vector.rows().length == end;
    for (StreamLayer layer : layers) {
      fits = fits && vector.rows()[layer.first].length == layer.out;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: a vector of %d elements was not made by the program of %s"
              .formatted(what, vector.length(), network));
    }
  }

  private void check(StreamBatch batch) {
    if (batch.size() == 0 || batch.outputs() != outputs) {
      throw new IllegalArgumentException(
          "a batch of %d examples with %d outputs each, expected at least 1 with %d"
              .formatted(batch.size(), batch.outputs(), outputs));
    }
    for (int b = 0; b < batch.size(); b++) {
      if (batch.input(b).size() != layers[0].in) {
        throw new IllegalArgumentException(
            "example %d has %d inputs, this network %d"
                .formatted(b, batch.input(b).size(), layers[0].in));
      }
    }
  }
}
