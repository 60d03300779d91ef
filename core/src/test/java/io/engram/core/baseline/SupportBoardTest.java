package io.engram.core.baseline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupportBoardTest {

  @Test
  void numbersHaveEveryBaseline() {
    ExampleSet support = line(0, 1, 2, 3);
    Map<ScoreColumn, double[][]> answers = SupportBoard.answer(new Episode(support, line(4), 0));
    assertThat(first(answers, ScoreColumn.SUPPORT_MEAN)[0]).isCloseTo(4, within(1e-9));
    assertThat(first(answers, ScoreColumn.LAST_LABEL)[0]).isCloseTo(7, within(1e-9));
    assertThat(first(answers, ScoreColumn.THREE_NEAREST)[0]).isCloseTo(5, within(1e-9));
    assertThat(first(answers, ScoreColumn.SUPPORT_FIT)[0]).isBetween(8.0, 9.1);
  }

  @Test
  void classesHaveProbabilitiesAndTheNearestNeighbourElsewhere() {
    ExampleSet support =
        new ExampleSet(1, new float[] {-2, -1, 2}, new Targets.Classes(2, new int[] {0, 0, 1}));
    ExampleSet query = new ExampleSet(1, new float[] {3}, new Targets.Classes(2, new int[] {1}));
    Map<ScoreColumn, double[][]> answers = SupportBoard.answer(new Episode(support, query, 0));
    assertThat(answers).doesNotContainKey(ScoreColumn.THREE_NEAREST);
    assertThat(first(answers, ScoreColumn.SUPPORT_MEAN))
        .containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-9));
    assertThat(first(answers, ScoreColumn.LAST_LABEL)).containsExactly(0, 1);
    assertThat(first(answers, ScoreColumn.SUPPORT_FIT)[1]).isGreaterThan(0.6);
  }

  @Test
  void whatIsNotCheapIsLeftOut() {
    float[] many = new float[500];
    ExampleSet support = new ExampleSet(1, many, new Targets.Values(1, many));
    assertThat(SupportBoard.answer(new Episode(support, support, 0)))
        .containsKey(ScoreColumn.SUPPORT_MEAN)
        .doesNotContainKey(ScoreColumn.SUPPORT_FIT);
  }

  @Test
  void featuresOfAnySizeHaveAnAnswer() {
    for (int power = -45; power <= 38; power++) {
      int exponent = power;
      float unit = (float) Math.pow(10, exponent);
      for (float[] x : new float[][] {{unit, 2 * unit, -unit, unit}, {unit, unit, unit, unit}}) {
        ExampleSet numbers = new ExampleSet(1, x, new Targets.Values(1, new float[] {1, 2, 3, 4}));
        ExampleSet classes = new ExampleSet(1, x, new Targets.Classes(2, new int[] {0, 1, 0, 1}));
        for (ExampleSet set : List.of(numbers, classes)) {
          SupportBoard.answer(new Episode(set, set, 0))
              .forEach(
                  (column, answers) ->
                      assertThat(answers[0])
                          .as("%s at 10^%d", column, exponent)
                          .doesNotContain(Double.NaN));
        }
      }
    }
  }

  private static double[] first(Map<ScoreColumn, double[][]> answers, ScoreColumn column) {
    return requireNonNull(answers.get(column))[0];
  }

  private static ExampleSet line(float... x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = 2 * x[i] + 1;
    }
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }
}
