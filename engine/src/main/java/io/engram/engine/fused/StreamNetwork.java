package io.engram.engine.fused;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import java.util.Arrays;

/**
 * Dense layers for streams. Weights are kept by input unit, so that a blank pixel costs nothing. What is done to all weights goes along runs of them, by {@link Simd} on
 * strips of the gradient that are still in the first cache, or by plain Java.
 */
final class StreamNetwork implements StreamProgram {

  private final NetworkSpec network;

  /** Single examples and batches take turns in meta-learners; each has its place. */
  private final StreamInputs single;

  private final StreamInputs several;
  private final StreamLayer[] layers;
  private final LayerGradient[] gradients;
  private final int outputs;
  private final int end;
  private boolean closed;

  StreamNetwork(NetworkSpec network) {
    this.network = network;
    this.outputs = network.outputs();
    if (network.head() != Head.SOFTMAX_CROSS_ENTROPY) {
      throw new UnsupportedNetworkException(
          "stream programs classify: the head must be softmax, found " + network.head());
    }
    int units = network.input().size();
    single = new StreamInputs(units);
    several = new StreamInputs(units);
    layers = StreamLayers.of(network, several);
    end = layers[layers.length - 1].end();
    float[] gradient = new float[end];
    gradients = new LayerGradient[layers.length];
    Arrays.setAll(
        gradients,
        l ->
            Simd.PRESENT
                ? new SimdLayerGradient(layers[l], gradient)
                : new BlasLayerGradient(layers[l], gradient));
  }

  @Override
  public NetworkSpec network() {
    return network;
  }

  @Override
  public StreamVector zeros() {
    return new HeapVector(new float[end]);
  }

  @Override
  public void load(float[] theta, StreamVector weights) {
    translate(theta, values("weights", weights), true);
  }

  @Override
  public void store(StreamVector weights, float[] theta) {
    translate(theta, values("weights", weights), false);
  }

  /** Layout order has each dense layer's weights unit by unit, then its biases. */
  private void translate(float[] theta, float[] values, boolean load) {
    int expected = network.layout().length();
    if (theta.length != expected) {
      throw new IllegalArgumentException(
          "θ has %d elements, this network %d parameters".formatted(theta.length, expected));
    }
    for (StreamLayer layer : layers) {
      for (int i = 0; i <= layer.in; i++) {
        for (int o = 0; o < layer.out; o++) {
          int own = layer.start + i * layer.out + o;
          int at = layer.start + (i < layer.in ? o * layer.in + i : layer.in * layer.out + o);
          if (load) {
            values[own] = theta[at];
          } else {
            theta[at] = values[own];
          }
        }
      }
    }
  }

  @Override
  public void predict(StreamVector weights, StreamBatch batch, float[] logits) {
    float[] theta = values("weights", weights);
    check(batch);
    forward(theta, batch);
    answer(batch, logits);
  }

  private void answer(StreamBatch batch, float[] logits) {
    StreamLayer last = layers[layers.length - 1];
    float[] answers = last.outputs.readHeap();
    for (int b = 0; b < batch.size(); b++) {
      System.arraycopy(answers, b * last.stride(), logits, b * outputs, outputs);
    }
  }

  @Override
  public double computeGradient(StreamVector weights, StreamBatch batch) {
    double loss = propagate(values("weights", weights), batch);
    for (LayerGradient gradient : gradients) {
      gradient.compute();
    }
    return loss;
  }

  @Override
  public void add(GradientSum into) {
    float[] sum = values("gradient sum", into.sum());
    StreamVector factor = into.factor();
    if (factor != null) {
      addProduct(into.scale(), values("factor", factor), sum);
      return;
    }
    for (LayerGradient gradient : gradients) {
      gradient.addTo(sum, into.scale());
    }
  }

  private void addProduct(float scale, float[] factor, float[] sum) {
    for (LayerGradient gradient : gradients) {
      gradient.addProduct(sum, factor, scale);
    }
  }

  @Override
  public double addGradient(StreamVector weights, StreamBatch batch, GradientSum into) {
    if (into.factor() != null) {
      double loss = computeGradient(weights, batch);
      add(into);
      return loss;
    }
    float[] sum = values("gradient sum", into.sum());
    return addGradient(values("weights", weights), batch, into.scale(), sum);
  }

  private double addGradient(float[] weights, StreamBatch batch, float scale, float[] sum) {
    double loss = propagate(weights, batch);
    for (LayerGradient gradient : gradients) {
      gradient.computeAndAdd(sum, scale);
    }
    return loss;
  }

  @Override
  public double descend(StreamVector weights, StreamBatch batch, StreamStep step) {
    float[] theta = values("weights", weights);
    if (step instanceof StreamStep.Uniform uniform) {
      return addGradient(theta, batch, -uniform.size(), theta);
    }
    return step instanceof StreamStep.Averaged averaged
        ? descend(theta, batch, averaged)
        : descend(theta, batch, (StreamStep.Each) step);
  }

  private double descend(float[] weights, StreamBatch batch, StreamStep.Each step) {
    float[] sizes = values("step sizes", step.sizes());
    double loss = propagate(weights, batch);
    double squares = 0;
    for (LayerGradient gradient : gradients) {
      squares += gradient.descend(weights, sizes);
    }
    if (squares > step.longest() * step.longest()) {
      restoreGradient();
      addProduct(excess(squares, step.longest()), sizes, weights);
    }
    return loss;
  }

  private double descend(float[] weights, StreamBatch batch, StreamStep.Averaged step) {
    double longest = step.step().longest();
    float[] sizes = values("step sizes", step.step().sizes());
    float[] average = values("average", step.average());
    double loss = propagate(weights, batch);
    double squares = 0;
    for (LayerGradient gradient : gradients) {
      squares += gradient.descend(weights, sizes, average, step.rate());
    }
    if (squares > longest * longest) {
      float excess = excess(squares, longest);
      restoreGradient();
      addProduct(excess, sizes, weights);
      addProduct(step.rate() * excess, sizes, average);
    }
    return loss;
  }

  private void restoreGradient() {
    for (LayerGradient gradient : gradients) {
      gradient.restore();
    }
  }

  /**
   * The piece that a gradient is too long by. Few are: to go the whole way and a piece back costs less than to look at each of them twice.
   */
  private static float excess(double squares, double longest) {
    return (float) (1 - longest / Math.sqrt(squares));
  }

  @Override
  public void addSquaredGradients(
      StreamVector weights, StreamBatch batch, StreamVector squares, float[] logits) {
    float[] sum = values("squares", squares);
    propagate(values("weights", weights), batch);
    answer(batch, logits);
    for (int l = 0; l < layers.length; l++) {
      layers[l].square();
      gradients[l].computeAndAdd(sum, 1f);
    }
    inputs(batch).forget();
  }

  @Override
  public void contributions(StreamVector weights, float[] contributions) {
    float[] theta = values("weights", weights);
    int at = 0;
    for (int l = 0; l + 1 < layers.length; l++) {
      layers[l].contributions(layers[l + 1], theta, contributions, at);
      at += layers[l].out;
    }
  }

  private StreamInputs inputs(StreamBatch batch) {
    return batch.size() == 1 ? single : several;
  }

  private StreamLayer forward(float[] weights, StreamBatch batch) {
    StreamInputs inputs = inputs(batch);
    inputs.load(batch);
    layers[0].read(inputs);
    for (StreamLayer layer : layers) {
      layer.forward(weights, batch.size());
    }
    return layers[layers.length - 1];
  }

  /** Forward and backward, up to every layer's delta; returns the loss. */
  private double propagate(float[] weights, StreamBatch batch) {
    check(batch);
    StreamLayer last = forward(weights, batch);
    float[] z = last.outputs.readHeap();
    float[] delta = last.deltas.writeHeap(batch.size() * last.stride());
    double loss = 0;
    for (int b = 0; b < batch.size(); b++) {
      loss += batch.gradient(b, z, delta, b * last.stride());
    }
    for (int l = layers.length - 1; l > 0; l--) {
      layers[l].backward(layers[l - 1], weights);
    }
    return loss;
  }

  /** The elements of a vector of this program. */
  private float[] values(String what, StreamVector vector) {
    if (closed) {
      throw new IllegalStateException("this program is closed");
    }
    float[] values = HeapVector.values(what, vector);
    if (values.length != end) {
      throw new IllegalArgumentException(
          "%s: a vector of %d elements was not made by the program of %s"
              .formatted(what, values.length, network));
    }
    return values;
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

  @Override
  public void close() {
    closed = true;
    single.close();
    several.close();
    for (StreamLayer layer : layers) {
      layer.close();
    }
    for (LayerGradient gradient : gradients) {
      gradient.close();
    }
  }
}
