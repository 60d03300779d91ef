package io.engram.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void windowsHoldTheFirstAndTheLastTasks() {
    PrequentialScores scores = new PrequentialScores(3);
    for (int i = 1; i <= 5; i++) {
      scores.add(new TaskScore(i, 10 * i, Double.NaN));
    }
    assertThat(scores.tasks()).isEqualTo(5);
    assertThat(scores.firstWindow().model()).isCloseTo(2, within(1e-12));
    assertThat(scores.lastWindow().model()).isCloseTo(4, within(1e-12));
    assertThat(scores.lastWindow().untrained()).isCloseTo(40, within(1e-12));
    assertThat(scores.lastWindow().nearestNeighbour()).isNaN();
    assertThat(scores.lastWindow().tasks()).isEqualTo(3);
  }

  @Test
  void restoredScoresGoOnTheSame() {
    PrequentialScores scores = new PrequentialScores(2);
    scores.add(new TaskScore(1, 1, 1));
    scores.add(new TaskScore(2, 2, 2));
    PrequentialScores restored =
        PrequentialScores.restore(2, scores.firstScores(), scores.lastScores(), scores.tasks());
    scores.add(new TaskScore(4, 4, 4));
    restored.add(new TaskScore(4, 4, 4));
    assertThat(restored.firstWindow()).isEqualTo(scores.firstWindow());
    assertThat(restored.lastWindow()).isEqualTo(scores.lastWindow());
    assertThat(restored.tasks()).isEqualTo(3);
  }

  @Test
  void nearestNeighbourTakesTheClassOfTheClosestSupportExample() {
    ExampleSet support =
        new ExampleSet(2, new float[] {0, 0, 10, 10}, new Targets.Classes(2, new int[] {1, 0}));
    ExampleSet query =
        new ExampleSet(
            2, new float[] {1, 1, 9, 9, 2, 0}, new Targets.Classes(2, new int[] {1, 0, 0}));
    assertThat(NearestNeighbour.accuracy(new Episode(support, query, 0)))
        .isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void nearestNeighbourHasNothingToSayAboutRegression() {
    ExampleSet values = new ExampleSet(1, new float[] {1}, new Targets.Values(1, new float[] {2}));
    assertThat(NearestNeighbour.accuracy(new Episode(values, values, 0))).isNaN();
  }
}
