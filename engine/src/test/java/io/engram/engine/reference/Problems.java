package io.engram.engine.reference;

import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.ArrayList;
import java.util.List;

/** Networks small enough for finite differences that together use every layer, and seeded data for them. */
public final class Problems {

  public static final String MLP = "input(6) dense(5) tanh dense(4) relu dense(3) softmax";

  /** Wide enough at the input for shortcuts on a fixed batch to pay. */
  public static final String WIDE = "input(40) dense(6) relu dense(4) leakyrelu dense(3) softmax";

  public static final String REGRESSION = "input(3) dense(6) tanh dense(2) mse";
  public static final String LINEAR = "input(3) dense(1) mse";
  public static final String CONVOLUTIONAL =
      "input(2,5,5) conv(3,3,stride=2,same) batchnorm relu conv(4,2,stride=1,valid) leakyrelu flatten dense(3) softmax";
  public static final String POOLED =
      "input(1,7,7) conv(2,3,stride=1,same) batchnorm relu maxpool(2,stride=2) conv(3,2,stride=1,same) batchnorm relu"
          + " avgpool(2,stride=1) flatten dense(4) softmax";

  /** Begins with a convolution and batch-norm, but no rectifier. */
  public static final String UNRECTIFIED =
      "input(3,5,4) conv(4,3,stride=1,same) batchnorm maxpool(2,stride=2) conv(3,2,stride=1,valid) tanh flatten dense(2) mse";

  public static final String LAYER_NORMALISED =
      "input(2,4,4) layernorm conv(3,3,stride=1,valid) relu flatten layernorm dense(3) tanh layernorm dense(2) mse";
  public static final String NORMALISED_VECTOR =
      "input(4) dense(5) batchnorm tanh dense(4) batchnorm leakyrelu dense(3) softmax";
  public static final String ODD =
      "input(2,3,3) relu identity tanh maxpool(2,stride=1) flatten relu relu dense(2) identity softmax";

  private Problems() {}

  /** All of them. */
  public static List<String> networks() {
    return List.of(
        MLP,
        WIDE,
        REGRESSION,
        LINEAR,
        CONVOLUTIONAL,
        POOLED,
        UNRECTIFIED,
        LAYER_NORMALISED,
        NORMALISED_VECTOR,
        ODD);
  }

  /** θ: small random numbers, gains near 1, running statistics as they always are. */
  public static float[] theta(NetworkSpec network, long seed) {
    RandomStream random = new RandomStream(seed);
    float[] theta = new float[network.layout().length()];
    for (ParameterTensor tensor : network.layout().tensors()) {
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        theta[i] =
            switch (tensor.role()) {
              case WEIGHT -> (float) (0.5 * random.nextGaussian());
              case BIAS, SHIFT -> (float) (0.1 * random.nextGaussian());
              case GAIN -> (float) (1 + 0.2 * random.nextGaussian());
              case RUNNING_MEAN -> 0f;
              case RUNNING_VARIANCE -> 1f;
            };
      }
    }
    return theta;
  }

  /** An episode of random examples; with a softmax head the targets use {@code ways} classes. */
  public static Episode episode(NetworkSpec network, int support, int query, int ways, long seed) {
    RandomStream random = new RandomStream(seed);
    return new Episode(
        set(network, support, ways, random), set(network, query, ways, random), seed);
  }

  /** Episodes with all outputs as classes. */
  public static List<Episode> episodes(NetworkSpec network, int count, int support, int query) {
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      episodes.add(episode(network, support, query, network.outputs(), 1000L + i));
    }
    return episodes;
  }

  /** The episode with all its inputs times {@code factor}. */
  public static Episode scaled(Episode episode, float factor) {
    return new Episode(
        scaled(episode.support(), factor), scaled(episode.query(), factor), episode.seed());
  }

  private static ExampleSet scaled(ExampleSet set, float factor) {
    float[] inputs = set.inputs().clone();
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] *= factor;
    }
    return new ExampleSet(set.inputSize(), inputs, set.targets());
  }

  private static ExampleSet set(NetworkSpec network, int size, int ways, RandomStream random) {
    int width = network.input().size();
    float[] inputs = gaussian(size * width, random);
    Targets targets;
    if (network.head() == Head.SOFTMAX_CROSS_ENTROPY) {
      int[] classes = new int[size];
      for (int i = 0; i < size; i++) {
        classes[i] = random.nextInt(ways);
      }
      targets = new Targets.Classes(ways, classes);
    } else {
      targets = new Targets.Values(network.outputs(), gaussian(size * network.outputs(), random));
    }
    return new ExampleSet(width, inputs, targets);
  }

  /** {@code count} standard normal numbers. */
  public static float[] gaussian(int count, RandomStream random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Step sizes of 0.02 to 0.12, [steps][tensors]. */
  public static float[][] stepTable(NetworkSpec network, int steps) {
    RandomStream random = new RandomStream(21);
    float[][] table = new float[steps][network.layout().tensors().size()];
    for (float[] row : table) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (0.02 + 0.1 * random.nextDouble());
      }
    }
    return table;
  }

  /** Step sizes of 0.02 to 0.12, one for each parameter. */
  public static float[] stepVector(NetworkSpec network) {
    RandomStream random = new RandomStream(22);
    float[] steps = new float[network.layout().length()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (float) (0.02 + 0.1 * random.nextDouble());
    }
    return steps;
  }
}
