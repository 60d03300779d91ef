package io.engram.benchmarks.innerloop;

import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is timed: a meta-batch of tasks, each adapted by some steps of gradient descent on its whole support set.
 *
 * @param name as peers know it
 * @param support examples per task; the query set has as many
 */
record Workload(String name, String network, int tasks, int support, int steps) {

  private static final String CONV4 =
      "input(1,28,28) "
          + "conv(64,3,stride=2,same) batchnorm relu ".repeat(4)
          + "flatten dense(5) softmax";

  static List<Workload> all() {
    return List.of(
        new Workload("mlp", "input(784) dense(64) relu dense(64) relu dense(5) softmax", 32, 25, 5),
        new Workload("conv4-10", CONV4, 5, 10, 5),
        new Workload("conv4-25", CONV4, 5, 25, 5),
        new Workload("sinusoid", "input(1) dense(40) relu dense(40) relu dense(1) mse", 25, 10, 5));
  }

  /** Those without images. */
  static List<Workload> dense() {
    return all().stream().filter(workload -> !workload.network.contains("conv")).toList();
  }

  /** The same with at least so many tasks, and an even number of them. */
  Workload ofAtLeastTasks(int least) {
    int more = Math.max(least, tasks);
    return new Workload(name, network, more + more % 2, support, steps);
  }

  NetworkSpec spec() {
    return NetworkSpec.parse(network);
  }

  /** Floating-point operations of one step of the dense network: forward and backward, no gradient of the input. */
  double mlpOperationsPerStep() {
    return 2.0 * support * (2 * 784 * 64 + 3 * 64 * 64 + 3 * 64 * 5);
  }

  /** The same with one task. */
  Workload ofOneTask() {
    return new Workload(name, network, 1, support, steps);
  }

  /**
   * Floating-point operations of one step of the convolutional network: the products forward, to the filters and, but for the first
   * layer, to the images, as if no tap lay beyond a border.
   */
  double convolutionsPerStep() {
    double sum = 0;
    int channels = 1;
    for (int size = 14; size >= 2; size = (size + 1) / 2) {
      sum += 2.0 * support * size * size * 9 * channels * 64 * (channels == 1 ? 2 : 3);
      channels = 64;
    }
    return sum;
  }

  float[] theta() {
    NetworkSpec spec = spec();
    RandomStream random = new RandomStream(1);
    float[] theta = new float[spec.layout().length()];
    for (ParameterTensor tensor : spec.layout().tensors()) {
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        theta[i] =
            switch (tensor.role()) {
              case WEIGHT -> (float) (0.05 * random.nextGaussian());
              case GAIN, RUNNING_VARIANCE -> 1f;
              case BIAS, SHIFT, RUNNING_MEAN -> 0f;
            };
      }
    }
    return theta;
  }

  List<Episode> episodes() {
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      RandomStream random = new RandomStream(100 + i);
      episodes.add(new Episode(set(random), set(random), i));
    }
    return episodes;
  }

  private ExampleSet set(RandomStream random) {
    NetworkSpec spec = spec();
    int width = spec.input().size();
    float[] inputs = gaussian(support * width, random);
    if (spec.head() == Head.MEAN_SQUARED_ERROR) {
      float[] values = gaussian(support * spec.outputs(), random);
      return new ExampleSet(width, inputs, new Targets.Values(spec.outputs(), values));
    }
    int[] classes = new int[support];
    for (int i = 0; i < support; i++) {
      classes[i] = i % spec.outputs();
    }
    return new ExampleSet(width, inputs, new Targets.Classes(spec.outputs(), classes));
  }

  private static float[] gaussian(int count, RandomStream random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
