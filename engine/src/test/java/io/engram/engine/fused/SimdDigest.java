package io.engram.engine.fused;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.Arrays;
import java.util.List;

/** Prints the bits of a meta-gradient by the kernels there are, for {@link SimdBuildTest}. */
final class SimdDigest {

  private static final String NETWORK =
      "input(1,12,12) conv(16,3,stride=2,same) batchnorm relu conv(24,3,stride=2,same) batchnorm relu flatten dense(3) softmax";

  private SimdDigest() {}

  public static void main(String[] arguments) {
    NetworkSpec network = NetworkSpec.parse(NETWORK);
    RandomStream random = new RandomStream(7);
    float[] theta = new float[network.layout().length()];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = (float) (0.1 * random.nextGaussian());
    }
    MetaGradient gradient = MetaGradient.of(theta.length);
    Episode episode = new Episode(set(random), set(random), 0);
    try (MetaProgram program = new FusedEngine(1).compile(network)) {
      program.metaGradient(
          theta,
          List.of(episode),
          MetaObjective.of(InnerLoop.sgd(2, 0.1f), MetaRule.SECOND_ORDER),
          gradient);
    }
    System.out.println(Simd.load().kernels() + " " + Arrays.hashCode(gradient.parameters()));
  }

  private static ExampleSet set(RandomStream random) {
    float[] inputs = new float[6 * 144];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    return new ExampleSet(144, inputs, new Targets.Classes(3, new int[] {0, 1, 2, 0, 1, 2}));
  }
}
