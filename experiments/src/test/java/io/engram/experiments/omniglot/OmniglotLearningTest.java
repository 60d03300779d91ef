package io.engram.experiments.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.learning.CharacterTasks;
import io.engram.cli.source.omniglot.CharacterSplit;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.cli.source.omniglot.OmniglotArchives.Sampling;
import io.engram.core.task.Episode;
import io.engram.core.task.Targets;
import io.engram.core.testing.TestData;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OmniglotLearningTest {

  @Test
  void aTaskShowsEachClassByDifferentDrawings() {
    try (OmniglotArchives archives =
        OmniglotArchives.open(TestData.require("omniglot"), Sampling.NEAREST)) {
      List<String> characters = CharacterSplit.of(archives.characters()).train();
      CharacterTasks tasks = new CharacterTasks(archives::drawing, characters, 4, 5);
      Episode episode = tasks.draw(3, 2, 17);
      assertThat(((Targets.Classes) episode.support().targets()).classes())
          .containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
      assertThat(((Targets.Classes) episode.query().targets()).classes())
          .containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
      Set<String> images = new HashSet<>();
      for (int i = 0; i < 15; i++) {
        images.add(Arrays.toString(image(episode.support().inputs(), i)));
      }
      for (int i = 0; i < 10; i++) {
        images.add(Arrays.toString(image(episode.query().inputs(), i)));
      }
      assertThat(images).hasSize(25);
      // Mostly paper, and nothing between paper and ink.
      assertThat(image(episode.support().inputs(), 0)).containsOnly(0f, 1f);
      assertThat(tasks.draw(3, 2, 17).support().inputs()).isEqualTo(episode.support().inputs());
      assertThat(tasks.draw(3, 2, 18).support().inputs()).isNotEqualTo(episode.support().inputs());
    }
  }

  /** Untrained, these networks are right about 45 times in 100. */
  @Test
  void exactMamlLearnsWithinAFewSteps() {
    List<Case> cases =
        new OrderOmniglot(List.of(Order.MAML, Order.FIRST_ORDER), 40, 0, 40, null, line -> {})
            .run(TestData.require("omniglot"));
    assertThat(accuracy(cases, "maml 5-way 1-shot")).isGreaterThan(60);
  }

  @Test
  void headsInClosedFormLearnWithinAFewSteps() {
    List<Case> cases =
        new OrderOmniglot(List.of(Order.PROTO, Order.R2D2), 40, 0, 40, null, line -> {})
            .run(TestData.require("omniglot"));
    assertThat(accuracy(cases, "proto 5-way 1-shot")).isGreaterThan(60);
    assertThat(accuracy(cases, "r2d2 5-way 1-shot")).isGreaterThan(60);
  }

  /** By chance they are right 20 times in 100. */
  @Test
  void reptileLearnsWithinAFewSteps() {
    List<Case> cases =
        new ReptileOmniglot(60, 0, 20, null, line -> {}).run(TestData.require("omniglot"));
    assertThat(accuracy(cases, "reptile 5-way 5-shot")).isGreaterThan(60);
  }

  private static double accuracy(List<Case> cases, String name) {
    return cases.stream()
        .filter(line -> line.name().equals(name) && line.metric().contains("non-transductive"))
        .mapToDouble(Case::value)
        .findFirst()
        .orElseThrow();
  }

  private static float[] image(float[] images, int i) {
    return Arrays.copyOfRange(images, i * 784, (i + 1) * 784);
  }
}
