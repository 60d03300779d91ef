package io.engram.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.Shape.Image;
import io.engram.core.task.Episode;
import io.engram.engine.ComputeEngineContract;
import io.engram.engine.fused.FusedEngine;
import io.engram.engine.reference.FiniteDifferences;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jEngineTest extends ComputeEngineContract {

  @Override
  public ComputeEngine engine() {
    return new Dl4jEngine();
  }

  @Override
  public boolean rectifiersKeepNaN() {
    return false;
  }

  /** Conv4 as in the benches, too: shapes where the fused engine takes its fast ways. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        Problems.MLP,
        Problems.REGRESSION,
        Problems.CONVOLUTIONAL,
        Problems.POOLED,
        Problems.NORMALISED_VECTOR,
        "input(784) dense(64) relu dense(64) relu dense(5) softmax",
        "input(1,28,28) conv(32,3,stride=2,same) batchnorm relu conv(32,3,stride=2,same) batchnorm relu flatten dense(5)"
            + " softmax"
      })
  void fusedGradientsAgreeWithDl4j(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, 3);
    for (int i = 0; i < theta.length && theta.length > 1000; i++) {
      theta[i] *= Math.abs(theta[i]) < 0.9 ? 0.2f : 1f;
    }
    List<Episode> episodes = Problems.episodes(network, 3, 10, 10);
    float[] expected = gradient(new Dl4jEngine(), network, theta, episodes);
    float[] found = gradient(new FusedEngine(1), network, theta, episodes);
    assertThat(FiniteDifferences.relativeError(found, ReferenceLearner.widen(expected)))
        .isLessThan(1e-5);
  }

  private static float[] gradient(
      ComputeEngine engine, NetworkSpec network, float[] theta, List<Episode> episodes) {
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (MetaProgram program = engine.compile(network)) {
      program.metaGradient(
          theta, episodes, MetaObjective.of(InnerLoop.sgd(0, 0f), MetaRule.FIRST_ORDER), gradient);
    }
    return gradient.parameters();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Problems.MLP,
        Problems.CONVOLUTIONAL,
        Problems.POOLED,
        Problems.NORMALISED_VECTOR,
        Problems.REGRESSION
      })
  void networksSurviveTheWayToDl4jAndBack(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    assertThat(Dl4jNetworks.fromDl4j(Dl4jNetworks.toDl4j(network), network.input()))
        .isEqualTo(network);
    MultiLayerNetwork dl4j = new MultiLayerNetwork(Dl4jNetworks.toDl4j(network));
    float[] theta = Problems.theta(network, 5);
    dl4j.init(Nd4j.create(theta), true);
    assertThat(dl4j.numParams()).isEqualTo(theta.length);
    Episode episode = Problems.episodes(network, 1, 4, 4).get(0);
    double[][] expected =
        new ReferenceLearner(network)
            .network()
            .outputs(ReferenceLearner.widen(theta), episode.query());
    List<INDArray> activations =
        dl4j.feedForward(
            Nd4j.create(episode.query().inputs().clone(), shape(network, 4), 'c'), true);
    // The last one is behind the softmax, the one before it holds the logits.
    INDArray logits = activations.get(activations.size() - 2);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < network.outputs(); j++) {
        assertThat(logits.getDouble(i, j)).isCloseTo(expected[i][j], within(1e-4));
      }
    }
  }

  private static long[] shape(NetworkSpec network, int examples) {
    return network.input() instanceof Image image
        ? new long[] {examples, image.channels(), image.height(), image.width()}
        : new long[] {examples, network.input().size()};
  }
}
