package io.engram.engine;

import static io.engram.engine.reference.FiniteDifferences.directionalError;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.Evaluation;
import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.InnerLoop.Batching;
import io.engram.core.compute.InnerLoop.Scope;
import io.engram.core.compute.InnerOptimizer;
import io.engram.core.compute.MetaGradient;
import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.MetaRule;
import io.engram.core.compute.NormalizationMode;
import io.engram.core.compute.StepSizes;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.reference.FiniteDifferences;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine must do, whatever it runs on. Judged against a plain double-precision reference and its central finite
 * differences.
 *
 * <p>Tolerances: an engine computes in float32, so one gradient carries a relative error of a few 1e-7 times the condition of
 * the network; 2e-5 in norm leaves an order of magnitude. Second order multiplies Hessians in float32: 1e-4.
 */
public abstract class ComputeEngineContract {

  private static final double GRADIENT_TOLERANCE = 2e-5;
  private static final double SECOND_ORDER_TOLERANCE = 1e-4;
  private static final long SEED = 7;

  /** The engine under test. */
  protected abstract ComputeEngine engine();

  /** Whether max(0, NaN) is NaN. */
  protected boolean rectifiersKeepNaN() {
    return true;
  }

  static List<String> networks() {
    return Problems.networks();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientAgreesWithFiniteDifferences(String text) {
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
  @MethodSource("networks")
  void innerLoopOfGradientDescentFollowsTheReference(String text) {
    assertAdaptsLikeReference(text, sgd(3, 0.05f));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void miniBatchesFollowTheEpisodesSeed(String text) {
    assertAdaptsLikeReference(
        text,
        new InnerLoop(
            4,
            new InnerOptimizer.Sgd(new StepSizes.Uniform(0.05f)),
            new Batching.Mini(3),
            Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void innerLoopMayMoveTheHeadAlone(String text) {
    assertAdaptsLikeReference(
        text,
        new InnerLoop(
            3,
            new InnerOptimizer.Sgd(new StepSizes.Uniform(0.1f)),
            new Batching.Full(),
            Scope.HEAD));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void stepSizesMayDifferByTensorAndStep(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    assertAdaptsLikeReference(
        text, with(new StepSizes.PerTensorPerStep(stepTable(network, 3)), Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void stepSizesMayDifferByParameter(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    assertAdaptsLikeReference(
        text, with(new StepSizes.PerParameter(stepVector(network)), Scope.ALL));
  }

  /** Where a gradient is zero but for rounding, Adam turns the rounding into a step; ε = 1e-3 keeps that small. */
  @ParameterizedTest
  @MethodSource("networks")
  void innerLoopOfAdamFollowsTheReference(String text) {
    assertAdaptsLikeReference(
        text,
        new InnerLoop(
            4,
            new InnerOptimizer.Adam(0.01f, 0f, 0.999f, 1e-3f, null),
            new Batching.Mini(3),
            Scope.ALL));
    NetworkSpec network = NetworkSpec.parse(text);
    assertAdaptsLikeReference(
        text,
        new InnerLoop(
            3,
            new InnerOptimizer.Adam(
                0.01f, 0.9f, 0.99f, 1e-3f, someMoments(network.layout().length())),
            new Batching.Full(),
            Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void adamsMomentsAfterOneEpisodeAreTheReferences(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 5, 0).get(0);
    for (InnerOptimizer.AdamMoments start : Arrays.asList(null, someMoments(theta.length))) {
      InnerLoop loop = adam(0.01f, start);
      double[][] expected = new ReferenceLearner(network).moments(widen(theta), episode, loop);

      InnerOptimizer.AdamMoments found = moments(network, theta, List.of(episode), loop);

      assertThat(relativeError(found.first(), expected[0])).isLessThan(GRADIENT_TOLERANCE);
      assertThat(relativeError(found.second(), expected[1])).isLessThan(GRADIENT_TOLERANCE);
      assertThat(found.steps()).isEqualTo((start == null ? 0 : start.steps()) + 3);
    }
  }

  /** With steps too small to change a gradient, episodes side by side must leave what episodes one after another leave. */
  @ParameterizedTest
  @MethodSource("networks")
  void adamsMomentsAreCarriedAsIfEpisodesFollowedEachOther(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 3, 5, 0);
    InnerOptimizer.AdamMoments carried = someMoments(theta.length);
    float[] firstBefore = carried.first().clone();

    InnerOptimizer.AdamMoments found =
        moments(network, theta, episodes, adam(Float.MIN_NORMAL, carried));

    assertThat(carried.first()).isEqualTo(firstBefore);
    for (Episode episode : episodes) {
      carried = moments(network, theta, List.of(episode), adam(Float.MIN_NORMAL, carried));
    }
    assertThat(relativeError(found.first(), widen(carried.first()))).isLessThan(1e-6);
    assertThat(relativeError(found.second(), widen(carried.second()))).isLessThan(1e-6);
    assertThat(found.steps()).isEqualTo(carried.steps());
  }

  @Test
  void anEpisodeThatIsNotFiniteLeavesNoMoments() {
    NetworkSpec network = NetworkSpec.parse(Problems.LINEAR);
    float[] theta = Problems.theta(network, SEED);
    Episode good = Problems.episodes(network, 1, 5, 0).get(0);
    // Its gradients are finite in float32, their squares are not.
    Episode steep = Problems.scaled(good, 1e12f);
    InnerLoop loop = adam(0.01f, someMoments(theta.length));

    InnerOptimizer.AdamMoments alone = moments(network, theta, List.of(good), loop);
    InnerOptimizer.AdamMoments beside = moments(network, theta, List.of(good, steep), loop);

    assertThat(beside.second()).isEqualTo(alone.second());
    assertThat(beside.steps()).isEqualTo(alone.steps());
  }

  @Test
  void momentsOfALoopThatKeepsNoneAreRefused() {
    NetworkSpec network = NetworkSpec.parse(Problems.LINEAR);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 1, 5, 0);
    assertThatThrownBy(() -> moments(network, theta, episodes, sgd(1, 0.1f)))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("moments");
  }

  private InnerOptimizer.AdamMoments moments(
      NetworkSpec network, float[] theta, List<Episode> episodes, InnerLoop loop) {
    MetaGradient gradient = MetaGradient.withMoments(theta.length);
    try (MetaProgram program = compile(network)) {
      program.metaGradient(theta, episodes, loop, MetaRule.REPTILE, gradient);
    }
    return requireNonNull(gradient.moments());
  }

  private static InnerLoop adam(float stepSize, InnerOptimizer.@Nullable AdamMoments start) {
    return new InnerLoop(
        3,
        new InnerOptimizer.Adam(stepSize, 0.9f, 0.99f, 1e-3f, start),
        new Batching.Mini(3),
        Scope.ALL);
  }

  private static InnerOptimizer.AdamMoments someMoments(int length) {
    float[] first = new float[length];
    float[] second = new float[length];
    RandomStream random = new RandomStream(3);
    for (int i = 0; i < length; i++) {
      first[i] = (float) (0.01 * random.nextGaussian());
      second[i] = (float) (0.01 * random.nextDouble());
    }
    return new InnerOptimizer.AdamMoments(first, second, 17);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void firstOrderIsTheQueryGradientAtTheAdaptedParameters(String text) {
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
  @MethodSource("networks")
  void reptileIsTheMeanDisplacement(String text) {
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

  @ParameterizedTest
  @MethodSource("networks")
  void secondOrderAgreesWithFiniteDifferencesOfTheUnrolledLoss(String text) {
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
  @MethodSource("networks")
  void secondOrderOfManyStepsAndMiniBatches(String text) {
    assertSecondOrder(
        text,
        new InnerLoop(
            10,
            new InnerOptimizer.Sgd(new StepSizes.Uniform(0.03f)),
            new Batching.Mini(3),
            Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientOfOneStepSize(String text) {
    assertStepSizeGradient(text, new StepSizes.Uniform(0.1f));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientOfStepSizesPerTensorAndStep(String text) {
    assertStepSizeGradient(
        text, new StepSizes.PerTensorPerStep(stepTable(NetworkSpec.parse(text), 3)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientOfStepSizesPerParameter(String text) {
    assertStepSizeGradient(text, new StepSizes.PerParameter(stepVector(NetworkSpec.parse(text))));
  }

  /** Every φ_k counts, and the way back through the inner loop takes up each of their gradients. */
  @ParameterizedTest
  @MethodSource("networks")
  void multiStepLossAgreesWithFiniteDifferences(String text) {
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
            program.supportsMultiStepLoss(), engine().name() + " has no multi-step loss");
        program.metaGradient(
            theta, List.of(episode), loop, MetaRule.SECOND_ORDER, weights, gradient);
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
  @MethodSource("networks")
  void multiStepLossOfFirstOrderSumsTheGradientsAtEveryPoint(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] weights = {0.5f, 0.1f, 0.4f};
    float[] theta = Problems.theta(network, SEED);
    Episode episode = Problems.episodes(network, 1, 5, 4).get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    MetaGradient found = MetaGradient.of(theta.length);
    try (MetaProgram program = compile(network)) {
      Assumptions.assumeTrue(
          program.supportsMultiStepLoss(), engine().name() + " has no multi-step loss");
      program.metaGradient(
          theta, List.of(episode), sgd(3, 0.05f), MetaRule.FIRST_ORDER, weights, found);
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
  void multiStepLossIsRefusedWhereItCannotBe() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 1, 3, 3);
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (MetaProgram program = compile(network)) {
      if (!program.supportsMultiStepLoss()) {
        assertThatThrownBy(
                () ->
                    program.metaGradient(
                        theta,
                        episodes,
                        sgd(1, 0.1f),
                        MetaRule.FIRST_ORDER,
                        new float[] {1},
                        gradient))
            .isInstanceOf(UnsupportedNetworkException.class)
            .hasMessageContaining("multi-step loss");
        return;
      }
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      theta, episodes, sgd(1, 0.1f), MetaRule.REPTILE, new float[] {1}, gradient))
          .isInstanceOf(UnsupportedNetworkException.class);
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      theta,
                      episodes,
                      sgd(3, 0.1f),
                      MetaRule.FIRST_ORDER,
                      new float[] {1},
                      gradient))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 weights for 3 steps");
    }
  }

  /** With one linear layer all is closed form: φ = θ − α·∇, and the exact meta-gradient is (I − αH)ᵀ∇_query. */
  @Test
  void linearRegressionAgreesWithItsClosedForm() {
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
  void secondOrderThroughAdamIsRefused() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    InnerLoop adam =
        new InnerLoop(
            2,
            new InnerOptimizer.Adam(1e-3f, 0f, 0.999f, 1e-8f, null),
            new Batching.Full(),
            Scope.ALL);
    try (MetaProgram program = compile(network)) {
      assertThat(program.supports(adam, MetaRule.SECOND_ORDER)).isFalse();
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      Problems.theta(network, SEED),
                      Problems.episodes(network, 1, 3, 3),
                      adam,
                      MetaRule.SECOND_ORDER,
                      MetaGradient.of(network.layout().length())))
          .isInstanceOf(UnsupportedNetworkException.class)
          .hasMessageContaining("SGD");
    }
  }

  @Test
  void gradientOfStepSizesIsRefusedWhereThereIsNone() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    try (MetaProgram program = compile(network)) {
      assertThatThrownBy(
              () ->
                  program.metaGradient(
                      Problems.theta(network, SEED),
                      Problems.episodes(network, 1, 3, 3),
                      sgd(1, 0.1f),
                      MetaRule.REPTILE,
                      MetaGradient.withStepSizes(network.layout().length(), 1)))
          .isInstanceOf(UnsupportedNetworkException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void queryExamplesAreScoredTogether(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    Episode episode = Problems.episodes(network, 1, 3, 6).get(0);
    float[] phi = Problems.theta(network, SEED);
    Evaluation found =
        evaluate(network, new float[][] {phi}, List.of(episode), NormalizationMode.TRANSDUCTIVE)
            .get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    double[][] expected = reference.network().outputs(widen(phi), episode.query());
    assertOutputs(found, expected);
    assertThat(found.loss())
        .isCloseTo(reference.network().loss(widen(phi), episode.query()), within(1e-5));
    assertThat(found.score()).isCloseTo(score(episode.query(), expected), within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void queryExamplesAreScoredOneByOneWithTheSupportSet(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    Episode episode = Problems.episodes(network, 1, 3, 20).get(0);
    float[] phi = Problems.theta(network, SEED);
    Evaluation found =
        evaluate(network, new float[][] {phi}, List.of(episode), NormalizationMode.NON_TRANSDUCTIVE)
            .get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    double[][] expected = new double[20][];
    for (int i = 0; i < 20; i++) {
      double[][] all =
          reference.network().outputs(widen(phi), append(episode.support(), episode.query(), i));
      expected[i] = all[all.length - 1];
    }
    assertOutputs(found, expected);
    assertThat(found.score()).isCloseTo(score(episode.query(), expected), within(1e-5));
  }

  @Test
  void outputsBeyondTheClassesInPlayTakeNoPart() {
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

  @Test
  void oneExampleOneClassOneEpisode() {
    for (String text :
        List.of("input(2) dense(1) softmax", Problems.CONVOLUTIONAL, Problems.NORMALISED_VECTOR)) {
      NetworkSpec network = NetworkSpec.parse(text);
      Episode episode = Problems.episode(network, 1, 1, 1, 5);
      float[] theta = Problems.theta(network, SEED);
      float[][] adapted = adapt(network, theta, List.of(episode), sgd(2, 0.1f));
      for (NormalizationMode mode : NormalizationMode.values()) {
        Evaluation found = evaluate(network, adapted, List.of(episode), mode).get(0);
        assertThat(found.score()).isEqualTo(1.0);
        assertThat(found.loss()).isCloseTo(0.0, within(1e-6));
      }
    }
  }

  @Test
  void noEpisodesGiveAZeroGradient() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    MetaGradient found =
        metaGradient(
            network, Problems.theta(network, SEED), List.of(), sgd(1, 0.1f), MetaRule.REPTILE);
    assertThat(found.contributing()).isZero();
    assertThat(found.parameters()).containsOnly(0f);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void runningStatisticsAreNeverTouched(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 2, 4, 4);
    float[][] adapted = adapt(network, theta, episodes, sgd(3, 0.1f));
    MetaGradient found = metaGradient(network, theta, episodes, sgd(3, 0.1f), MetaRule.FIRST_ORDER);
    for (ParameterTensor tensor : network.layout().tensors()) {
      for (int i = tensor.offset(); i < tensor.end() && !tensor.role().trainable(); i++) {
        assertThat(found.parameters()[i]).isZero();
        assertThat(adapted[0][i]).isEqualTo(theta[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void sameArgumentsGiveTheSameBits(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 5, 4, 3);
    InnerLoop loop = sgd(3, 0.05f);
    try (MetaProgram program = compile(network)) {
      float[] first = run(program, theta, episodes, loop, MetaRule.FIRST_ORDER).parameters();
      run(program, theta, Problems.episodes(network, 3, 7, 6), loop, MetaRule.REPTILE);
      float[] again = run(program, theta, episodes, loop, MetaRule.FIRST_ORDER).parameters();
      assertThat(again).isEqualTo(first);
    }
    assertThat(metaGradient(network, theta, episodes, loop, MetaRule.FIRST_ORDER).parameters())
        .isEqualTo(run(compile(network), theta, episodes, loop, MetaRule.FIRST_ORDER).parameters());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void episodesDoNotInfluenceEachOther(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = new ArrayList<>(Problems.episodes(network, 5, 4, 3));
    float[][] inOrder = adapt(network, theta, episodes, sgd(3, 0.05f));
    Collections.reverse(episodes);
    float[][] reversed = adapt(network, theta, episodes, sgd(3, 0.05f));
    for (int i = 0; i < inOrder.length; i++) {
      assertThat(reversed[4 - i]).isEqualTo(inOrder[i]);
      assertThat(adapt(network, theta, List.of(episodes.get(i)), sgd(3, 0.05f))[0])
          .isEqualTo(reversed[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void inputsAreNotWrittenTo(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 2, 4, 3);
    List<Episode> copies = Problems.episodes(network, 2, 4, 3);
    metaGradient(network, theta, episodes, sgd(2, 0.1f), MetaRule.FIRST_ORDER);
    evaluate(network, new float[][] {theta, theta}, episodes, NormalizationMode.NON_TRANSDUCTIVE);
    assertThat(theta).isEqualTo(Problems.theta(network, SEED));
    for (int i = 0; i < 2; i++) {
      assertThat(episodes.get(i).support().inputs()).isEqualTo(copies.get(i).support().inputs());
      assertThat(episodes.get(i).query().inputs()).isEqualTo(copies.get(i).query().inputs());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void numbersThatAreNotFiniteStayInTheirEpisode(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> healthy = Problems.episodes(network, 4, 4, 3);
    for (float poison : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      if (text.equals(Problems.ODD) && (Float.isInfinite(poison) || !rectifiersKeepNaN())) {
        continue; // Its first layer is a ReLU: there is no infinity left behind it.
      }
      List<Episode> poisoned = new ArrayList<>(healthy);
      Episode sick = Problems.episodes(network, 1, 4, 3).get(0);
      sick.support().inputs()[1] = poison;
      poisoned.add(2, sick);
      for (MetaRule rule : new MetaRule[] {MetaRule.REPTILE, MetaRule.FIRST_ORDER}) {
        MetaGradient found = metaGradient(network, theta, poisoned, sgd(2, 0.05f), rule);
        MetaGradient expected = metaGradient(network, theta, healthy, sgd(2, 0.05f), rule);
        assertThat(found.finite(2)).isFalse();
        assertThat(found.finite(1)).isTrue();
        assertThat(found.contributing()).isEqualTo(4);
        assertThat(found.parameters()).isEqualTo(expected.parameters());
      }
    }
  }

  @Test
  void wrongShapesAreNamed() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    NetworkSpec other = NetworkSpec.parse(Problems.REGRESSION);
    float[] theta = Problems.theta(network, SEED);
    assertThatThrownBy(
            () ->
                metaGradient(
                    network,
                    new float[3],
                    Problems.episodes(network, 1, 2, 2),
                    sgd(1, 1),
                    MetaRule.REPTILE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 3 floats");
    assertThatThrownBy(
            () ->
                metaGradient(
                    network, theta, Problems.episodes(other, 1, 2, 2), sgd(1, 1), MetaRule.REPTILE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("episode 0")
        .hasMessageContaining("3 inputs");
    assertThatThrownBy(
            () ->
                metaGradient(
                    network,
                    theta,
                    Problems.episodes(network, 1, 2, 0),
                    sgd(1, 1),
                    MetaRule.FIRST_ORDER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no query examples");
  }

  @Test
  void aClosedProgramSaysSo() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    MetaProgram program = compile(network);
    program.close();
    program.close();
    assertThatThrownBy(
            () ->
                program.adapt(
                    Problems.theta(network, SEED),
                    Problems.episodes(network, 1, 2, 2),
                    sgd(1, 0.1f),
                    new float[1][network.layout().length()]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  // The verbs of the contract.

  /** Compiles, or skips aloud what this engine does not run. */
  protected MetaProgram compile(NetworkSpec network) {
    try {
      return engine().compile(network);
    } catch (UnsupportedNetworkException e) {
      return Assumptions.abort(engine().name() + " does not run this network: " + e.getMessage());
    }
  }

  protected static InnerLoop sgd(int steps, float stepSize) {
    return InnerLoop.sgd(steps, stepSize);
  }

  protected float[][] adapt(
      NetworkSpec network, float[] theta, List<Episode> episodes, InnerLoop loop) {
    float[][] adapted = new float[episodes.size()][theta.length];
    try (MetaProgram program = compile(network)) {
      program.adapt(theta, episodes, loop, adapted);
    }
    return adapted;
  }

  protected MetaGradient metaGradient(
      NetworkSpec network, float[] theta, List<Episode> episodes, InnerLoop loop, MetaRule rule) {
    try (MetaProgram program = compile(network)) {
      return run(program, theta, episodes, loop, rule);
    }
  }

  private static MetaGradient run(
      MetaProgram program, float[] theta, List<Episode> episodes, InnerLoop loop, MetaRule rule) {
    MetaGradient gradient = MetaGradient.of(program.layout().length());
    program.metaGradient(theta, episodes, loop, rule, gradient);
    return gradient;
  }

  private List<Evaluation> evaluate(
      NetworkSpec network, float[][] adapted, List<Episode> episodes, NormalizationMode mode) {
    List<Evaluation> results = new ArrayList<>();
    episodes.forEach(episode -> results.add(new Evaluation()));
    try (MetaProgram program = compile(network)) {
      program.evaluate(adapted, episodes, mode, results);
    }
    return results;
  }

  private void assumeSupported(NetworkSpec network, InnerLoop loop, MetaRule rule) {
    try (MetaProgram program = compile(network)) {
      Assumptions.assumeTrue(
          program.supports(loop, rule), engine().name() + " does not offer " + rule);
    }
  }

  private void assertAdaptsLikeReference(String text, InnerLoop loop) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 2, 5, 2);
    ReferenceLearner reference = new ReferenceLearner(network);
    float[][] found = adapt(network, theta, episodes, loop);
    for (int i = 0; i < found.length; i++) {
      double[] expected = reference.adapt(widen(theta), episodes.get(i), loop);
      // The displacement, not φ: θ would hide an error in it.
      double[] displacement = new double[theta.length];
      float[] foundDisplacement = new float[theta.length];
      for (int j = 0; j < theta.length; j++) {
        displacement[j] = expected[j] - theta[j];
        foundDisplacement[j] = found[i][j] - theta[j];
      }
      assertThat(relativeError(foundDisplacement, displacement)).isLessThan(GRADIENT_TOLERANCE);
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
        program.metaGradient(theta, List.of(episode), loop, MetaRule.SECOND_ORDER, gradient);
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
        program.metaGradient(theta, List.of(episode), one, MetaRule.FIRST_ORDER, gradient);
        assertThat(
                directionalError(
                    stepSizes(gradient),
                    x -> reference.metaLoss(widen(theta), episode, one, x),
                    alpha))
            .isLessThan(SECOND_ORDER_TOLERANCE);
      }
    }
  }

  private static float[] stepSizes(MetaGradient gradient) {
    float[] sizes = gradient.stepSizes();
    assertThat(sizes).isNotNull();
    return sizes == null ? new float[0] : sizes;
  }

  private static InnerLoop with(StepSizes sizes, Scope scope) {
    return new InnerLoop(3, new InnerOptimizer.Sgd(sizes), new Batching.Full(), scope);
  }

  private static float[][] stepTable(NetworkSpec network, int steps) {
    RandomStream random = new RandomStream(21);
    float[][] table = new float[steps][network.layout().tensors().size()];
    for (float[] row : table) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (0.02 + 0.1 * random.nextDouble());
      }
    }
    return table;
  }

  private static float[] stepVector(NetworkSpec network) {
    RandomStream random = new RandomStream(22);
    float[] steps = new float[network.layout().length()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (float) (0.02 + 0.1 * random.nextDouble());
    }
    return steps;
  }

  private static void assertOutputs(Evaluation found, double[][] expected) {
    assertThat(found.examples()).isEqualTo(expected.length);
    assertThat(found.width()).isEqualTo(expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < found.width(); j++) {
        assertThat((double) found.outputs()[i * found.width() + j])
            .isCloseTo(expected[i][j], within(1e-4));
      }
    }
  }

  private static double score(ExampleSet set, double[][] outputs) {
    double score = 0;
    for (int i = 0; i < outputs.length; i++) {
      if (set.targets() instanceof Targets.Classes labels) {
        int best = 0;
        for (int j = 1; j < labels.ways(); j++) {
          best = outputs[i][j] > outputs[i][best] ? j : best;
        }
        score += best == labels.classes()[i] ? 1.0 / outputs.length : 0;
      } else if (set.targets() instanceof Targets.Values values) {
        for (int j = 0; j < outputs[i].length; j++) {
          double error = outputs[i][j] - values.values()[i * outputs[i].length + j];
          score += error * error / (outputs.length * outputs[i].length);
        }
      }
    }
    return score;
  }

  private static ExampleSet append(ExampleSet support, ExampleSet query, int example) {
    int width = support.inputSize();
    float[] inputs = Arrays.copyOf(support.inputs(), (support.size() + 1) * width);
    System.arraycopy(query.inputs(), example * width, inputs, support.size() * width, width);
    Targets targets =
        support.targets() instanceof Targets.Classes labels
            ? new Targets.Classes(labels.ways(), new int[support.size() + 1])
            : new Targets.Values(
                ((Targets.Values) support.targets()).width(),
                new float[(support.size() + 1) * ((Targets.Values) support.targets()).width()]);
    return new ExampleSet(width, inputs, targets);
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
