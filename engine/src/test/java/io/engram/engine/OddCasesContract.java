package io.engram.engine;

import static io.engram.core.compute.episode.InnerLoop.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.reference.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Smallest sizes, wrong arguments, and a program that is closed. */
interface OddCasesContract extends EngineContract {

  @Test
  default void oneExampleOneClassOneEpisode() {
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
  default void noEpisodesGiveAZeroGradient() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    MetaGradient found =
        metaGradient(
            network, Problems.theta(network, SEED), List.of(), sgd(1, 0.1f), MetaRule.REPTILE);
    assertThat(found.contributing()).isZero();
    assertThat(found.parameters()).containsOnly(0f);
  }

  @Test
  default void wrongShapesAreNamed() {
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
  default void aClosedProgramSaysSo() {
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
}
