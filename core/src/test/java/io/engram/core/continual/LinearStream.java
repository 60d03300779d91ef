package io.engram.core.continual;

import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.network.NetworkSpec;
import java.util.Arrays;

/** The smallest stream program there is: softmax regression, z = Wx + b, written to be read. A vector holds W unit by unit, then b. */
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
    return new LinearVector(new float[(in + 1) * out]);
  }

  @Override
  public void load(float[] theta, StreamVector weights) {
    for (int i = 0; i <= in; i++) {
      for (int o = 0; o < out; o++) {
        values(weights)[i * out + o] = theta[i < in ? o * in + i : in * out + o];
      }
    }
  }

  @Override
  public void store(StreamVector weights, float[] theta) {
    for (int i = 0; i <= in; i++) {
      for (int o = 0; o < out; o++) {
        theta[i < in ? o * in + i : in * out + o] = values(weights)[i * out + o];
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
  public double computeGradient(StreamVector weights, StreamBatch batch) {
    computed = zeros();
    double loss = 0;
    for (int b = 0; b < batch.size(); b++) {
      loss += single(weights, batch, b, computed);
    }
    return loss;
  }

  @Override
  public void add(GradientSum into) {
    if (into.factor() == null) {
      into.sum().add(into.scale(), computed);
    } else {
      into.sum().addProduct(into.scale(), into.factor(), computed);
    }
  }

  @Override
  public double addGradient(StreamVector weights, StreamBatch batch, GradientSum into) {
    double loss = computeGradient(weights, batch);
    add(into);
    return loss;
  }

  @Override
  public double descend(StreamVector weights, StreamBatch batch, StreamStep step) {
    double loss = computeGradient(weights, batch);
    if (step instanceof StreamStep.Uniform uniform) {
      weights.add(-uniform.size(), computed);
    } else if (step instanceof StreamStep.Each each) {
      descend(weights, each);
    } else if (step instanceof StreamStep.Averaged averaged) {
      descend(weights, averaged.step());
      averaged.average().average(weights, averaged.rate());
    }
    return loss;
  }

  private void descend(StreamVector weights, StreamStep.Each step) {
    float scale = (float) Math.min(1, step.longest() / computed.norm());
    weights.addProduct(-scale, step.sizes(), computed);
  }

  @Override
  public void addSquaredGradients(
      StreamVector weights, StreamBatch batch, StreamVector squares, float[] logits) {
    predict(weights, batch, logits);
    for (int b = 0; b < batch.size(); b++) {
      StreamVector gradient = zeros();
      single(weights, batch, b, gradient);
      squares.addProduct(1f, gradient, gradient);
    }
  }

  /** There is no hidden unit. */
  @Override
  public void contributions(StreamVector weights, float[] contributions) {}

  private double single(StreamVector weights, StreamBatch batch, int b, StreamVector gradient) {
    float[] delta = new float[out];
    SparseInput input = batch.input(b);
    double loss = batch.gradient(b, logits(weights, input), delta, 0);
    for (int o = 0; o < out; o++) {
      for (int k = 0; k < input.indices().length; k++) {
        values(gradient)[input.indices()[k] * out + o] += input.values()[k] * delta[o];
      }
      values(gradient)[in * out + o] += delta[o];
    }
    return loss;
  }

  private float[] logits(StreamVector weights, SparseInput input) {
    float[] z = Arrays.copyOfRange(values(weights), in * out, (in + 1) * out);
    for (int k = 0; k < input.indices().length; k++) {
      for (int o = 0; o < out; o++) {
        z[o] += input.values()[k] * values(weights)[input.indices()[k] * out + o];
      }
    }
    return z;
  }

  private static float[] values(StreamVector vector) {
    return ((LinearVector) vector).values();
  }

  @Override
  public void close() {}
}
