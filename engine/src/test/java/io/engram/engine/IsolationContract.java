package io.engram.engine;

import static io.engram.core.compute.episode.InnerLoop.sgd;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.task.Episode;
import io.engram.engine.reference.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an episode, an argument or an earlier call must not touch. */
interface IsolationContract extends EngineContract {

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void runningStatisticsAreNeverTouched(String text) {
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
  @MethodSource(NETWORKS)
  default void sameArgumentsGiveTheSameBits(String text) {
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
  @MethodSource(NETWORKS)
  default void episodesDoNotInfluenceEachOther(String text) {
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
  @MethodSource(NETWORKS)
  default void inputsAreNotWrittenTo(String text) {
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
  @MethodSource(NETWORKS)
  default void numbersThatAreNotFiniteStayInTheirEpisode(String text) {
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
}
