package io.engram.engine;

import static io.engram.core.compute.episode.InnerLoop.sgd;
import static io.engram.engine.reference.FiniteDifferences.directionalError;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.Problems.stepTable;
import static io.engram.engine.reference.Problems.stepVector;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.UnsupportedNetworkException;
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
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact MAML and the gradients of step sizes; refused where an engine cannot. */
interface SecondOrderContract extends EngineContract {

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void secondOrderAgreesWithFiniteDifferencesOfTheUnrolledLoss(String text) {
    for (Scope scope : Scope.values()) {
      for (int steps : new int[] {1, 3}) {
        assertSecondOrder(
            text,
            new InnerLoop(
                steps,
                new InnerOptimizer.Sgd(new StepSizes.Uniform(0.2f)),
                new Batching.Full(),
                scope));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void secondOrderOfManyStepsAndMiniBatches(String text) {
    assertSecondOrder(
        text,
        new InnerLoop(
            10,
            new InnerOptimizer.Sgd(new StepSizes.Uniform(0.03f)),
            new Batching.Mini(3),
            Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void gradientOfOneStepSize(String text) {
    assertStepSizeGradient(text, new StepSizes.Uniform(0.1f));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void gradientOfStepSizesPerTensorAndStep(String text) {
    assertStepSizeGradient(
        text, new StepSizes.PerTensorPerStep(stepTable(NetworkSpec.parse(text), 3)));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void gradientOfStepSizesPerParameter(String text) {
    assertStepSizeGradient(text, new StepSizes.PerParameter(stepVector(NetworkSpec.parse(text))));
  }

  /** With one linear layer all is closed form: φ = θ − α·∇, and the exact meta-gradient is (I − αH)ᵀ∇_query. */
  @Test
  default void linearRegressionAgreesWithItsClosedForm() {
    NetworkSpec network = NetworkSpec.parse(Problems.LINEAR);
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 6, 5).get(0);
    float alpha = 0.1f;
    double[][] hessian = hessian(episode.support());
    double[] phi = widen(theta);
    double[] support = quadraticGradient(episode.support(), phi);
    for (int i = 0; i < phi.length; i++) {
      phi[i] -= alpha * support[i];
    }
    double[] first = quadraticGradient(episode.query(), phi);
    double[] second = first.clone();
    for (int i = 0; i < phi.length; i++) {
      for (int j = 0; j < phi.length; j++) {
        second[i] -= alpha * hessian[j][i] * first[j];
      }
    }
    List<Episode> episodes = List.of(episode);
    float[] adapted = adapt(network, theta, episodes, sgd(1, alpha))[0];
    assertThat(relativeError(adapted, phi)).isLessThan(1e-6);
    assertThat(
            relativeError(
                metaGradient(network, theta, episodes, sgd(1, alpha), MetaRule.FIRST_ORDER)
                    .parameters(),
                first))
        .isLessThan(1e-5);
    assumeSupported(network, sgd(1, alpha), MetaRule.SECOND_ORDER);
    assertThat(
            relativeError(
                metaGradient(network, theta, episodes, sgd(1, alpha), MetaRule.SECOND_ORDER)
                    .parameters(),
                second))
        .isLessThan(1e-5);
  }

  @Test
  default void secondOrderThroughAdamIsRefused() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    InnerLoop adam =
        new InnerLoop(
            2,
            new InnerOptimizer.Adam(1e-3f, 0f, 0.999f, 1e-8f, null),
            new Batching.Full(),
            Scope.ALL);
    try (MetaProgram program = compile(network)) {
      assertThat(program.capabilities().runs(adam, MetaRule.SECOND_ORDER)).isFalse();
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      Problems.theta(network, SEED),
                      Problems.episodes(network, 1, 3, 3),
                      MetaObjective.of(adam, MetaRule.SECOND_ORDER),
                      MetaGradient.of(network.layout().length())))
          .isInstanceOf(UnsupportedNetworkException.class)
          .hasMessageContaining("SGD");
    }
  }

  @Test
  default void gradientOfStepSizesIsRefusedWhereThereIsNone() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    try (MetaProgram program = compile(network)) {
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      Problems.theta(network, SEED),
                      Problems.episodes(network, 1, 3, 3),
                      MetaObjective.of(sgd(1, 0.1f), MetaRule.REPTILE),
                      MetaGradient.withStepSizes(network.layout().length(), 1)))
          .isInstanceOf(UnsupportedNetworkException.class);
    }
  }

  private void assertSecondOrder(String text, InnerLoop loop) {
    NetworkSpec network = NetworkSpec.parse(text);
    assumeSupported(network, loop, MetaRule.SECOND_ORDER);
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 5, 4).get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    MetaGradient found =
        metaGradient(network, theta, List.of(episode), loop, MetaRule.SECOND_ORDER);
    assertThat(
            directionalError(
                found.parameters(), x -> reference.metaLoss(x, episode, loop), widen(theta)))
        .isLessThan(SECOND_ORDER_TOLERANCE);
  }

  private void assertStepSizeGradient(String text, StepSizes sizes) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 5, 4).get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    for (Scope scope : Scope.values()) {
      InnerLoop loop = with(sizes, scope);
      double[] alpha = ReferenceLearner.flat((InnerOptimizer.Sgd) loop.optimizer());
      assumeSupported(network, loop, MetaRule.SECOND_ORDER);
      MetaGradient gradient = MetaGradient.withStepSizes(theta.length, alpha.length);
      try (MetaProgram program = compile(network)) {
        program.metaGradient(
            theta, List.of(episode), MetaObjective.of(loop, MetaRule.SECOND_ORDER), gradient);
        assertThat(
                directionalError(
                    stepSizes(gradient),
                    x -> reference.metaLoss(widen(theta), episode, loop, x),
                    alpha))
            .isLessThan(SECOND_ORDER_TOLERANCE);
        assertThat(
                directionalError(
                    gradient.parameters(), x -> reference.metaLoss(x, episode, loop), widen(theta)))
            .isLessThan(SECOND_ORDER_TOLERANCE);
        // With a single step there is nothing to neglect: first order is exact in α.
        InnerLoop one = loop.withSteps(1);
        program.metaGradient(
            theta, List.of(episode), MetaObjective.of(one, MetaRule.FIRST_ORDER), gradient);
        assertThat(
                directionalError(
                    stepSizes(gradient),
                    x -> reference.metaLoss(widen(theta), episode, one, x),
                    alpha))
            .isLessThan(SECOND_ORDER_TOLERANCE);
      }
    }
  }

  private static double[] quadraticGradient(ExampleSet set, double[] w) {
    double[] gradient = new double[w.length];
    for (int n = 0; n < set.size(); n++) {
      double[] x = row(set, n);
      double error = -((Targets.Values) set.targets()).values()[n];
      for (int i = 0; i < w.length; i++) {
        error += w[i] * x[i];
      }
      for (int i = 0; i < w.length; i++) {
        gradient[i] += 2 * error * x[i] / set.size();
      }
    }
    return gradient;
  }

  private static double[][] hessian(ExampleSet set) {
    int size = set.inputSize() + 1;
    double[][] hessian = new double[size][size];
    for (int n = 0; n < set.size(); n++) {
      double[] x = row(set, n);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          hessian[i][j] += 2 * x[i] * x[j] / set.size();
        }
      }
    }
    return hessian;
  }

  /** Inputs and the 1 of the bias. */
  private static double[] row(ExampleSet set, int n) {
    double[] x = new double[set.inputSize() + 1];
    for (int i = 0; i < set.inputSize(); i++) {
      x[i] = set.inputs()[n * set.inputSize() + i];
    }
    x[set.inputSize()] = 1;
    return x;
  }
}
