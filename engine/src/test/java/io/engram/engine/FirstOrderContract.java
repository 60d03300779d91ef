package io.engram.engine;

import static io.engram.core.compute.episode.InnerLoop.sgd;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.task.Episode;
import io.engram.engine.reference.FiniteDifferences;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of a loss, first-order MAML and Reptile. */
interface FirstOrderContract extends EngineContract {

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void gradientAgreesWithFiniteDifferences(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 4, 5).get(0);
    ReferenceLearner reference = new ReferenceLearner(network);

    MetaGradient found =
        metaGradient(network, theta, List.of(episode), sgd(0, 0f), MetaRule.FIRST_ORDER);

    double[] expected =
        FiniteDifferences.gradient(x -> reference.network().loss(x, episode.query()), widen(theta));
    assertThat(relativeError(found.parameters(), expected)).isLessThan(GRADIENT_TOLERANCE);
    assertThat((double) found.queryLoss(0))
        .isCloseTo(reference.network().loss(widen(theta), episode.query()), within(1e-5));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void firstOrderIsTheQueryGradientAtTheAdaptedParameters(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 2, 5, 4);
    ReferenceLearner reference = new ReferenceLearner(network);
    InnerLoop loop = sgd(3, 0.05f);

    MetaGradient found = metaGradient(network, theta, episodes, loop, MetaRule.FIRST_ORDER);

    double[] expected = new double[theta.length];
    for (Episode episode : episodes) {
      double[] phi = reference.adapt(widen(theta), episode, loop);
      double[] gradient = reference.network().gradient(phi, episode.query());
      for (int i = 0; i < expected.length; i++) {
        expected[i] += gradient[i] / episodes.size();
      }
    }
    assertThat(relativeError(found.parameters(), expected)).isLessThan(GRADIENT_TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void reptileIsTheMeanDisplacement(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 3, 5, 0);
    InnerLoop loop = sgd(2, 0.05f);
    float[][] adapted = adapt(network, theta, episodes, loop);

    MetaGradient found = metaGradient(network, theta, episodes, loop, MetaRule.REPTILE);

    for (int i = 0; i < theta.length; i++) {
      float mean =
          ((theta[i] - adapted[0][i]) + (theta[i] - adapted[1][i]) + (theta[i] - adapted[2][i]))
              / 3;
      assertThat(found.parameters()[i]).isCloseTo(mean, within(1e-7f));
    }
  }

  @Test
  default void outputsBeyondTheClassesInPlayTakeNoPart() {
    NetworkSpec network = NetworkSpec.parse("input(4) dense(7) softmax");
    Episode episode = Problems.episode(network, 5, 4, 3, 11);
    float[] theta = Problems.theta(network, SEED);
    ReferenceLearner reference = new ReferenceLearner(network);
    MetaGradient found =
        metaGradient(network, theta, List.of(episode), sgd(2, 0.3f), MetaRule.FIRST_ORDER);
    double[] phi = reference.adapt(widen(theta), episode, sgd(2, 0.3f));
    assertThat(
            relativeError(found.parameters(), reference.network().gradient(phi, episode.query())))
        .isLessThan(GRADIENT_TOLERANCE);
    ParameterTensor bias = network.layout().tensors().get(1);
    for (int i = bias.offset() + 3; i < bias.end(); i++) {
      assertThat(found.parameters()[i]).isZero();
    }
  }
}
