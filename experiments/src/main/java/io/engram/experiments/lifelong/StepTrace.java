package io.engram.experiments.lifelong;

import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.continual.StreamExample;
import io.engram.core.network.NetworkSpec;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A stream program that writes down which examples each step of a learner was about, so that a peer can take the very same steps. Passes
 * everything on.
 */
final class StepTrace implements StreamProgram {

  private final StreamProgram program;
  private final IdentityHashMap<SparseInput, Integer> numbers = new IdentityHashMap<>();
  private final List<int[]> batches = new ArrayList<>();
  private StreamVector predicting;

  /**
   * A trace of nothing yet.
   *
   * @param examples of the stream, in order
   */
  StepTrace(StreamProgram program, List<StreamExample> examples) {
    this.program = program;
    this.predicting = program.zeros();
    for (StreamExample example : examples) {
      numbers.put(example.input(), numbers.size());
    }
  }

  /** The weights of the last prediction, in layout order. */
  float[] theta() {
    float[] theta = new float[network().layout().length()];
    store(predicting, theta);
    return theta;
  }

  /**
   * Writes all a peer needs: counts, θ before and after, pixels and labels, and the examples of every step.
   *
   * @param settings of the learner, in the order the peer knows
   */
  void write(Path file, List<StreamExample> examples, float[] settings, float[] start)
      throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      floats(out, settings);
      floats(out, start);
      floats(out, theta());
      out.writeInt(examples.size());
      for (StreamExample example : examples) {
        floats(out, example.input().dense());
        out.writeInt(example.label());
      }
      out.writeInt(batches.size());
      for (int[] batch : batches) {
        out.writeInt(batch.length);
        for (int example : batch) {
          out.writeInt(example);
        }
      }
    }
  }

  private static void floats(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private void note(StreamBatch batch) {
    int[] examples = new int[batch.size()];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = numbers.getOrDefault(batch.input(i), -1);
    }
    batches.add(examples);
  }

  @Override
  public NetworkSpec network() {
    return program.network();
  }

  @Override
  public StreamVector zeros() {
    return program.zeros();
  }

  @Override
  public void load(float[] theta, StreamVector weights) {
    program.load(theta, weights);
  }

  @Override
  public void store(StreamVector weights, float[] theta) {
    program.store(weights, theta);
  }

  @Override
  public void predict(StreamVector weights, StreamBatch batch, float[] logits) {
    predicting = weights;
    program.predict(weights, batch, logits);
  }

  @Override
  public double computeGradient(StreamVector weights, StreamBatch batch) {
    note(batch);
    return program.computeGradient(weights, batch);
  }

  @Override
  public void add(GradientSum into) {
    program.add(into);
  }

  @Override
  public double addGradient(StreamVector weights, StreamBatch batch, GradientSum into) {
    note(batch);
    return program.addGradient(weights, batch, into);
  }

  @Override
  public double descend(StreamVector weights, StreamBatch batch, StreamStep step) {
    note(batch);
    return program.descend(weights, batch, step);
  }

  @Override
  public void addSquaredGradients(
      StreamVector weights, StreamBatch batch, StreamVector squares, float[] logits) {
    program.addSquaredGradients(weights, batch, squares, logits);
  }

  @Override
  public void contributions(StreamVector weights, float[] contributions) {
    program.contributions(weights, contributions);
  }

  @Override
  public void close() {
    program.close();
  }
}
