package io.engram.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.task.Targets;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PredictionScoresTest {

  @Test
  void whatIsRareCountsAsMuchAsWhatIsCommon() {
    // Nine of the first class and one of the second, all held for the first.
    double[][] probabilities = new double[10][];
    int[] truth = new int[10];
    truth[9] = 1;
    for (int q = 0; q < 10; q++) {
      probabilities[q] = new double[] {0.8, 0.2};
    }
    Map<ScoreColumn, Double> found = PredictionScores.ofClasses(probabilities, truth);
    assertThat(found.get(ScoreColumn.BALANCED_ACCURACY)).isEqualTo(0.5);
    assertThat(found.get(ScoreColumn.AUC)).isEqualTo(0.5);
    assertThat(found.get(ScoreColumn.CONFIDENCE)).isEqualTo(0.8, within(1e-12));
    assertThat(found.get(ScoreColumn.LOG_LOSS))
        .isCloseTo(-(9 * Math.log(0.8) + Math.log(0.2)) / 10, within(1e-12));
  }

  @Property(tries = 200)
  void theAreaIsTheShareOfPairsInOrder(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int classes) {
    Random random = new Random(seed);
    double[][] probabilities = new double[12][classes];
    int[] truth = new int[12];
    for (int q = 0; q < 12; q++) {
      truth[q] = random.nextInt(classes);
      for (int c = 0; c < classes; c++) {
        probabilities[q][c] = random.nextInt(5) / 4.0; // ties
      }
    }
    assertThat(PredictionScores.areaUnderCurve(probabilities, truth))
        .isEqualTo(byPairs(probabilities, truth), within(1e-12));
  }

  private static double byPairs(double[][] probabilities, int[] truth) {
    double sum = 0;
    int counted = 0;
    for (int c = 0; c < probabilities[0].length; c++) {
      double right = 0;
      int pairs = 0;
      for (int a = 0; a < truth.length; a++) {
        for (int b = 0; b < truth.length; b++) {
          if (truth[a] == c && truth[b] != c) {
            right += (1 + Math.signum(probabilities[a][c] - probabilities[b][c])) / 2;
            pairs++;
          }
        }
      }
      if (pairs > 0) {
        sum += right / pairs;
        counted++;
      }
    }
    return sum / counted;
  }

  @Test
  void aTaskOfOneClassHasNoArea() {
    assertThat(PredictionScores.ofClasses(new double[][] {{0.9, 0.1}}, new int[] {0}))
        .containsEntry(ScoreColumn.AUC, Double.NaN)
        .containsEntry(ScoreColumn.BALANCED_ACCURACY, 1.0);
  }

  @Test
  void outputsAreLogitsOfTheClassesInPlayAndNumbersInTheStreamsUnits() {
    Evaluation classes = new Evaluation();
    System.arraycopy(new float[] {0, 0, 99, 1, -1000, 99}, 0, classes.begin(2, 3), 0, 6);
    Targets.Classes truth = new Targets.Classes(2, new int[] {0, 1});
    Map<ScoreColumn, Double> found = PredictionScores.of(classes, truth, new float[0]);
    assertThat(found.get(ScoreColumn.BALANCED_ACCURACY)).isEqualTo(0.5);
    assertThat(found.get(ScoreColumn.LOG_LOSS))
        .as("finite, however sure it was")
        .isCloseTo((Math.log(2) - Math.log(1e-15)) / 2, within(1e-9));

    Evaluation numbers = new Evaluation();
    System.arraycopy(new float[] {1, 2, 3, 4}, 0, numbers.begin(2, 2), 0, 4);
    Targets.Values values = new Targets.Values(2, new float[] {0, 2, 3, 2});
    assertThat(PredictionScores.of(numbers, values, new float[] {10, 1}))
        .isEqualTo(Map.of(ScoreColumn.ABSOLUTE_ERROR, (10 + 0 + 0 + 2) / 4.0));
    numbers.outputs()[3] = Float.NaN;
    assertThat(PredictionScores.of(numbers, values, new float[] {10, 1})).isEmpty();
  }
}
