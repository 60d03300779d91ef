package io.engram.engine.cuda;

import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.device.ShimDevice;
import io.engram.engine.cuda.device.Sources;
import io.engram.engine.reference.Problems;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More pixels and filters than the networks of the contract have: several rounds of each thread, several blocks of each task. */
class StemTest {

  @BeforeAll
  static void compilerIsHere() {
    Assumptions.assumeTrue(
        Sources.canPlayACard(),
        "no g++ here, or no sources: the kernels are not run without a card");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input(1,28,28) conv(18,3,stride=1,same)# batchnorm relu maxpool(4,stride=4) flatten dense(2) softmax",
        "input(3,13,12) conv(5,3,stride=2,same)# batchnorm leakyrelu flatten dense(2) softmax"
      })
  void givesWhatItsLayersGiveOneByOne(String text) {
    NetworkSpec one = NetworkSpec.parse(text.replace("#", ""));
    // A layer without effect between them hides that they belong together.
    NetworkSpec layers = NetworkSpec.parse(text.replace("#", " identity"));
    List<Episode> episodes = Problems.episodes(one, 2, 7, 5);
    float[] theta = Problems.theta(one, 3);
    for (MetaRule rule : List.of(MetaRule.FIRST_ORDER, MetaRule.SECOND_ORDER)) {
      float[] found = gradient(one, theta, episodes, rule);
      float[] expected = gradient(layers, theta, episodes, rule);
      assertThat(relativeError(found, widen(expected))).isLessThan(2e-5);
    }
  }

  private static float[] gradient(
      NetworkSpec network, float[] theta, List<Episode> episodes, MetaRule rule) {
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (MetaProgram program =
        new CudaEngine("cuda", Arithmetic.SPLIT, ShimDevice::open).compile(network)) {
      program.metaGradient(
          theta, episodes, MetaObjective.of(InnerLoop.sgd(1, 0.01f), rule), gradient);
    }
    return gradient.parameters();
  }
}
