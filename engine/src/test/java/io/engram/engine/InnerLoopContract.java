package io.engram.engine;

import static io.engram.core.compute.episode.InnerLoop.sgd;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.Problems.stepTable;
import static io.engram.engine.reference.Problems.stepVector;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static java.util.Objects.requireNonNull;
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
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every inner loop goes where the reference goes: step sizes, mini-batches, scopes, Adam and its moments. */
interface InnerLoopContract extends EngineContract {

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void innerLoopOfGradientDescentFollowsTheReference(String text) {
    assertAdaptsLikeReference(text, sgd(3, 0.05f));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void miniBatchesFollowTheEpisodesSeed(String text) {
    assertAdaptsLikeReference(
        text,
        new InnerLoop(
            4,
            new InnerOptimizer.Sgd(new StepSizes.Uniform(0.05f)),
            new Batching.Mini(3),
            Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void innerLoopMayMoveTheHeadAlone(String text) {
    assertAdaptsLikeReference(
        text,
        new InnerLoop(
            3,
            new InnerOptimizer.Sgd(new StepSizes.Uniform(0.1f)),
            new Batching.Full(),
            Scope.HEAD));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void stepSizesMayDifferByTensorAndStep(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    assertAdaptsLikeReference(
        text, with(new StepSizes.PerTensorPerStep(stepTable(network, 3)), Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void stepSizesMayDifferByParameter(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    assertAdaptsLikeReference(
        text, with(new StepSizes.PerParameter(stepVector(network)), Scope.ALL));
  }

  /** Where a gradient is zero but for rounding, Adam turns the rounding into a step; ε = 1e-3 keeps that small. */
  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void innerLoopOfAdamFollowsTheReference(String text) {
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
  @MethodSource(NETWORKS)
  default void adamsMomentsAfterOneEpisodeAreTheReferences(String text) {
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
  @MethodSource(NETWORKS)
  default void adamsMomentsAreCarriedAsIfEpisodesFollowedEachOther(String text) {
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
  default void anEpisodeThatIsNotFiniteLeavesNoMoments() {
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
  default void momentsOfALoopThatKeepsNoneAreRefused() {
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
      program.metaGradient(theta, episodes, MetaObjective.of(loop, MetaRule.REPTILE), gradient);
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
}
