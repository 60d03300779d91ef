package io.engram.engine;

import static io.engram.core.compute.episode.InnerLoop.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.TrainsInPlace;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.reference.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine says it can is what it does. */
interface CapabilitiesContract extends EngineContract {

  @Test
  default void everyRuleRunsWhereItIsSaidToAndIsRefusedElsewhere() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 1, 3, 3);
    InnerLoop adam =
        new InnerLoop(
            2,
            new InnerOptimizer.Adam(1e-3f, 0f, 0.999f, 1e-8f, null),
            new Batching.Full(),
            Scope.ALL);
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (MetaProgram program = compile(network)) {
      for (InnerLoop loop : List.of(sgd(2, 0.1f), adam)) {
        for (MetaRule rule : MetaRule.values()) {
          MetaObjective objective = MetaObjective.of(loop, rule);
          if (program.capabilities().runs(loop, rule)) {
            program.metaGradient(theta, episodes, objective, gradient);
            assertThat(gradient.contributing()).isEqualTo(1);
          } else {
            assertThatThrownBy(() -> program.metaGradient(theta, episodes, objective, gradient))
                .isInstanceOf(UnsupportedNetworkException.class);
          }
        }
      }
    }
  }

  @Test
  default void gradientsOfStepSizesComeWhereTheyAreOffered() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 1, 3, 3);
    MetaObjective objective = MetaObjective.of(sgd(2, 0.1f), MetaRule.FIRST_ORDER);
    MetaGradient gradient = MetaGradient.withStepSizes(theta.length, 1);
    try (MetaProgram program = compile(network)) {
      if (program.capabilities().offers(Feature.STEP_SIZE_GRADIENTS)) {
        program.metaGradient(theta, episodes, objective, gradient);
        assertThat(stepSizes(gradient)[0]).isNotZero();
      } else {
        assertThatThrownBy(() -> program.metaGradient(theta, episodes, objective, gradient))
            .isInstanceOf(UnsupportedNetworkException.class);
      }
    }
  }

  @Test
  default void programsHaveTheCapabilitiesOfTheirEngine() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    Capabilities capabilities = engine().capabilities();
    try (MetaProgram program = compile(network)) {
      assertThat(program.capabilities()).isEqualTo(capabilities);
      assertThat(program instanceof TrainsInPlace)
          .isEqualTo(capabilities.offers(Feature.TRAINING_IN_PLACE));
    }
    if (!capabilities.offers(Feature.STREAMS)) {
      assertThatThrownBy(() -> engine().compileStream(network))
          .isInstanceOf(UnsupportedNetworkException.class)
          .hasMessageContaining("stream programs");
    }
  }
}
