package io.engram.engine;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceNetwork;

/** A compiled network, seeded weights, and a batch with labels, weights of its own and soft targets for some examples. */
final class StreamProblem {

  final StreamProgram program;
  final ReferenceNetwork reference;
  final float[] theta;
  final StreamVector weights;
  final StreamBatch batch;
  final ExampleSet set;
  private final int[] labels;
  private final float[] targets;

  StreamProblem(StreamProgram program, int examples) {
    RandomStream random = new RandomStream(11);
    this.program = program;
    NetworkSpec network = program.network();
    reference = new ReferenceNetwork(network);
    theta = Problems.theta(network, 3);
    weights = program.zeros();
    program.load(theta, weights);
    batch = new StreamBatch(4);
    float[] inputs = Problems.gaussian(examples * 12, random);
    labels = new int[examples];
    targets = Problems.gaussian(examples * 4, random);
    for (int b = 0; b < examples; b++) {
      float[] input = new float[12];
      for (int i = 0; i < 12; i++) {
        // A third of the inputs is zero, as pixels are.
        input[i] = (i + b) % 3 == 0 ? 0 : inputs[b * 12 + i];
        inputs[b * 12 + i] = input[i];
      }
      labels[b] = random.nextInt(4);
      batch.add(SparseInput.of(input), labels[b], weight(b));
      if (pull(b) != 0) {
        batch.towards(targets, b * 4, 0.75f * pull(b));
        batch.towards(targets, b * 4, 0.25f * pull(b));
      }
    }
    set = new ExampleSet(12, inputs, new Targets.Classes(4, labels));
  }

  private static float weight(int example) {
    return 0.5f + 0.1f * example;
  }

  private static float pull(int example) {
    return example % 2 == 0 ? 0.4f : 0f;
  }

  float[] stored(StreamVector vector) {
    float[] flat = new float[theta.length];
    program.store(vector, flat);
    return flat;
  }

  double loss(double[] x) {
    double sum = 0;
    for (int b = 0; b < labels.length; b++) {
      sum += loss(x, b);
    }
    return sum;
  }

  double loss(double[] x, int b) {
    double[] z = reference.outputs(x, set)[b];
    double exponentials = 0;
    double distance = 0;
    for (int o = 0; o < 4; o++) {
      exponentials += Math.exp(z[o]);
      distance += (z[o] - targets[b * 4 + o]) * (z[o] - targets[b * 4 + o]);
    }
    return weight(b) * (Math.log(exponentials) - z[labels[b]]) + 0.5 * pull(b) * distance;
  }
}
