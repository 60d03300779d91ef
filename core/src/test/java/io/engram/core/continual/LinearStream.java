package io.engram.core.continual;

import io.engram.core.compute.SparseInput;
import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.network.NetworkSpec;

/** The smallest stream program there is: softmax regression, z = Wx + b, written to be read. Row i holds input i's weights, the last row b. */
final class LinearStream implements StreamProgram {

  private final NetworkSpec network;
  private final int in;
  private final int out;
  private StreamVector computed;

  LinearStream(int in, int out) {
    this.network = NetworkSpec.parse("input(%d) dense(%d) softmax".formatted(in, out));
    this.in = in;
    this.out = out;
    this.computed = zeros();
  }

  @Override
  public NetworkSpec network() {
    return network;
  }

  @Override
  public StreamVector zeros() {
    return new StreamVector(new float[in + 1][out]);
  }

  @Override
  public void load(float[] theta, StreamVector weights) {
    for (int i = 0; i <= in; i++) {
      for (int o = 0; o < out; o++) {
        weights.rows()[i][o] = theta[i < in ? o * in + i : in * out + o];
      }
    }
  }

  @Override
  public void store(StreamVector weights, float[] theta) {
    for (int i = 0; i <= in; i++) {
      for (int o = 0; o < out; o++) {
        theta[i < in ? o * in + i : in * out + o] = weights.rows()[i][o];
      }
    }
  }

  @Override
  public void predict(StreamVector weights, StreamBatch batch, float[] logits) {
    for (int b = 0; b < batch.size(); b++) {
      System.arraycopy(logits(weights, batch.input(b)), 0, logits, b * out, out);
    }
  }

  @Override
  public double addGradient(
      StreamVector weights, StreamBatch batch, float scale, StreamVector sum) {
    StreamVector gradient = zeros();
    double loss = 0;
    for (int b = 0; b < batch.size(); b++) {
      loss += single(weights, batch, b, gradient);
    }
    sum.add(scale, gradient);
    return loss;
  }

  @Override
  public double computeGradient(StreamVector weights, StreamBatch batch) {
    computed = zeros();
    return addGradient(weights, batch, 1f, computed);
  }

  @Override
  public void addGradient(float scale, StreamVector sum) {
    sum.add(scale, computed);
  }

  @Override
  public void addGradientProduct(float scale, StreamVector factor, StreamVector sum) {
    sum.addProduct(scale, factor, computed);
  }

  @Override
  public double descend(StreamVector weights, StreamBatch batch, float step) {
    return addGradient(weights, batch, -step, weights);
  }

  @Override
  public double descend(
      StreamVector weights, StreamBatch batch, StreamVector steps, double longest) {
    StreamVector gradient = zeros();
    double loss = addGradient(weights, batch, 1f, gradient);
    float scale = (float) Math.min(1, longest / gradient.norm());
    weights.addProduct(-scale, steps, gradient);
    return loss;
  }

  @Override
  public void addSquaredGradients(StreamVector weights, StreamBatch batch, StreamVector squares) {
    for (int b = 0; b < batch.size(); b++) {
      StreamVector gradient = zeros();
      single(weights, batch, b, gradient);
      squares.addProduct(1f, gradient, gradient);
    }
  }

  private double single(StreamVector weights, StreamBatch batch, int b, StreamVector gradient) {
    float[] delta = new float[out];
    SparseInput input = batch.input(b);
    double loss = batch.gradient(b, logits(weights, input), delta);
    for (int o = 0; o < out; o++) {
      for (int k = 0; k < input.indices().length; k++) {
        gradient.rows()[input.indices()[k]][o] += input.values()[k] * delta[o];
      }
      gradient.rows()[in][o] += delta[o];
    }
    return loss;
  }

  private float[] logits(StreamVector weights, SparseInput input) {
    float[] z = weights.rows()[in].clone();
    for (int k = 0; k < input.indices().length; k++) {
      for (int o = 0; o < out; o++) {
        z[o] += input.values()[k] * weights.rows()[input.indices()[k]][o];
      }
    }
    return z;
  }
}
