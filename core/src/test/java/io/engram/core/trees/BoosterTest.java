package io.engram.core.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoosterTest {

  private static final Boosting BOOSTING = new Boosting(60, 4, 0.1, 0.7, 0.5, 5, 1);

  /** A function with a jump and an interaction, which no line fits. */
  @Test
  void treesFindWhatNoLineFits() {
    RandomStream random = new RandomStream(1);
    float[] rows = rows(random, 2000, 4);
    float[] targets = new float[2000];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = truth(rows, i) + (float) (0.1 * random.nextGaussian());
    }
    Forest forest = new Booster(BOOSTING, 3).numbers(rows, 4, targets, new float[2000], 1);
    float[] fresh = rows(random, 1000, 4);
    double missed = 0;
    double spread = 0;
    for (int i = 0; i < 1000; i++) {
      double[] answer = new double[1];
      forest.addAnswer(fresh, 4 * i, answer);
      missed += Math.pow(answer[0] - truth(fresh, i), 2);
      spread += Math.pow(truth(fresh, i), 2);
    }
    assertThat(missed).isLessThan(0.05 * spread);
  }

  private static float truth(float[] rows, int row) {
    float x = rows[4 * row];
    float y = rows[4 * row + 1];
    return (x > 0.3 ? 2 : -1) + ((x > 0) == (y > 0) ? 1 : -1);
  }

  @Property(tries = 30)
  void whatTheyWereGrownOnTheyMissLessThanZeroDoes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int size,
      @ForAll @IntRange(min = 1, max = 3) int outputs) {
    RandomStream random = new RandomStream(seed);
    float[] rows = rows(random, size, 3);
    float[] targets = rows(random, size, outputs);
    // Of all rows: a tree that saw some of few rows may do the others harm.
    Booster booster = new Booster(new Boosting(60, 4, 0.1, 1, 0.5, 5, 1), seed);
    Forest forest = booster.numbers(rows, 3, targets, new float[targets.length], outputs);
    double missed = 0;
    double zero = 0;
    for (int i = 0; i < size; i++) {
      double[] answer = new double[outputs];
      forest.addAnswer(rows, 3 * i, answer);
      for (int c = 0; c < outputs; c++) {
        missed += Math.pow(answer[c] - targets[i * outputs + c], 2);
        zero += Math.pow(targets[i * outputs + c], 2);
      }
    }
    assertThat(missed).isLessThanOrEqualTo(zero);
    assertThat(booster.numbers(rows, 3, targets, new float[targets.length], outputs).flat())
        .as("the same again, to the bit")
        .containsExactly(forest.flat());
  }

  @Test
  void classesAreToldApart() {
    for (int classes : new int[] {2, 3, 5}) {
      RandomStream random = new RandomStream(classes);
      float[] rows = rows(random, 1000, 2);
      float[] targets = new float[1000 * classes];
      for (int i = 0; i < 1000; i++) {
        targets[i * classes + label(rows, i, classes)] = 1;
      }
      Boosting boosting = new Boosting(40, 4, 0.2, 1, 1, 1, 1);
      Forest forest =
          new Booster(boosting, 3).classes(rows, 2, targets, new float[targets.length], classes);
      int right = 0;
      for (int i = 0; i < 1000; i++) {
        double[] scores = new double[forest.outputs()];
        forest.addAnswer(rows, 2 * i, scores);
        right += largest(scores, classes) == label(rows, i, classes) ? 1 : 0;
      }
      assertThat(right).as("%d classes", classes).isGreaterThan(950);
    }
  }

  /** Of two classes the forest scores the second alone. */
  private static int largest(double[] scores, int classes) {
    if (classes == 2) {
      return scores[0] > 0 ? 1 : 0;
    }
    int largest = 0;
    for (int c = 1; c < classes; c++) {
      largest = scores[c] > scores[largest] ? c : largest;
    }
    return largest;
  }

  private static int label(float[] rows, int row, int classes) {
    double angle = Math.atan2(rows[2 * row], rows[2 * row + 1]) + Math.PI;
    return (int) (angle / (2 * Math.PI) * classes) % classes;
  }

  @Test
  void withoutRowsTheyAnswerNothing() {
    Forest forest =
        new Booster(BOOSTING, 1).numbers(new float[0], 3, new float[0], new float[0], 1);
    double[] answer = {1};
    forest.addAnswer(new float[] {1, 2, 3}, 0, answer);
    assertThat(answer).containsExactly(1);
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> new Boosting(10, 9, 0.1, 1, 1, 1, 1)).hasMessageContaining("1 to 8");
    assertThatThrownBy(() -> new Boosting(10, 4, 0.1, 0, 1, 1, 1)).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> new Forest(1, 2, 3, new float[5])).hasMessageContaining("30 numbers");
  }

  private static float[] rows(RandomStream random, int size, int columns) {
    float[] rows = new float[size * columns];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return rows;
  }
}
