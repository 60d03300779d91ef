package io.engram.engine;

import static io.engram.core.compute.episode.InnerLoop.sgd;
import static io.engram.engine.reference.FiniteDifferences.directionalError;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.Problems.stepTable;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** MAML++'s loss at every step of the inner loop. */
interface MultiStepLossContract extends EngineContract {

  /** Every φ_k counts, and the way back through the inner loop takes up each of their gradients. */
  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void multiStepLossAgreesWithFiniteDifferences(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] weights = {0.2f, 0f, 0.5f, 0.3f};
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 5, 4).get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    for (Batching batching : List.of(new Batching.Full(), new Batching.Mini(3))) {
      InnerLoop loop =
          new InnerLoop(
              4,
              new InnerOptimizer.Sgd(new StepSizes.PerTensorPerStep(stepTable(network, 4))),
              batching,
              Scope.ALL);
      double[] alpha = ReferenceLearner.flat((InnerOptimizer.Sgd) loop.optimizer());
      MetaGradient gradient = MetaGradient.withStepSizes(theta.length, alpha.length);
      try (MetaProgram program = compile(network)) {
        Assumptions.assumeTrue(
            program.capabilities().offers(Feature.MULTI_STEP_LOSS),
            engine().name() + " has no multi-step loss");
        program.metaGradient(
            theta,
            List.of(episode),
            new MetaObjective(loop, MetaRule.SECOND_ORDER, weights),
            gradient);
      }
      assertThat(
              directionalError(
                  gradient.parameters(),
                  x -> reference.multiStepLoss(x, episode, loop, alpha, weights),
                  widen(theta)))
          .isLessThan(SECOND_ORDER_TOLERANCE);
      assertThat(
              directionalError(
                  stepSizes(gradient),
                  x -> reference.multiStepLoss(widen(theta), episode, loop, x, weights),
                  alpha))
          .isLessThan(SECOND_ORDER_TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void multiStepLossOfFirstOrderSumsTheGradientsAtEveryPoint(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] weights = {0.5f, 0.1f, 0.4f};
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 5, 4).get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    MetaGradient found = MetaGradient.of(theta.length);
    try (MetaProgram program = compile(network)) {
      Assumptions.assumeTrue(
          program.capabilities().offers(Feature.MULTI_STEP_LOSS),
          engine().name() + " has no multi-step loss");
      program.metaGradient(
          theta,
          List.of(episode),
          new MetaObjective(sgd(3, 0.05f), MetaRule.FIRST_ORDER, weights),
          found);
    }
    double[] expected = new double[theta.length];
    for (int k = 1; k <= 3; k++) {
      double[] phi = reference.adapt(widen(theta), episode, sgd(k, 0.05f));
      double[] gradient = reference.network().gradient(phi, episode.query());
      for (int i = 0; i < expected.length; i++) {
        expected[i] += weights[k - 1] * gradient[i];
      }
    }
    assertThat(relativeError(found.parameters(), expected)).isLessThan(GRADIENT_TOLERANCE);
    double[] last = reference.adapt(widen(theta), episode, sgd(3, 0.05f));
    assertThat((double) found.queryLoss(0))
        .isCloseTo(reference.network().loss(last, episode.query()), within(1e-5));
  }

  @Test
  default void multiStepLossIsRefusedWhereItCannotBe() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 1, 3, 3);
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (MetaProgram program = compile(network)) {
      if (!program.capabilities().offers(Feature.MULTI_STEP_LOSS)) {
        assertThatThrownBy(
                () ->
                    program.metaGradient(
                        theta,
                        episodes,
                        new MetaObjective(sgd(1, 0.1f), MetaRule.FIRST_ORDER, new float[] {1}),
                        gradient))
            .isInstanceOf(UnsupportedNetworkException.class)
            .hasMessageContaining("multi-step loss");
        return;
      }
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      theta,
                      episodes,
                      new MetaObjective(sgd(1, 0.1f), MetaRule.REPTILE, new float[] {1}),
                      gradient))
          .isInstanceOf(UnsupportedNetworkException.class);
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      theta,
                      episodes,
                      new MetaObjective(sgd(3, 0.1f), MetaRule.FIRST_ORDER, new float[] {1}),
                      gradient))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 weights for 3 steps");
    }
  }
}
