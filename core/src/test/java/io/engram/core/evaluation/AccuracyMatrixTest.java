package io.engram.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Worked by hand on
 *
 * <pre>
 *        task 0  1   2
 * b        10   12  8
 * after 0  90   20  10
 * after 1  70   80  16
 * after 2  75   60  85
 * </pre>
 */
class AccuracyMatrixTest {

  private static AccuracyMatrix matrix() {
    double[][] r = {{90, 20, 10}, {70, 80, 16}, {75, 60, 85}};
    double[] b = {10, 12, 8};
    AccuracyMatrix matrix = new AccuracyMatrix(3);
    for (int i = 0; i < 3; i++) {
      matrix.setUntrained(i, b[i]);
      for (int j = 0; j < 3; j++) {
        matrix.set(i, j, r[i][j]);
      }
    }
    return matrix;
  }

  @Test
  void retainedAccuracyIsTheMeanOfTheLastRow() {
    assertThat(matrix().retained()).isCloseTo((75 + 60 + 85) / 3.0, within(1e-12));
  }

  @Test
  void learningAccuracyIsTheMeanOfTheDiagonal() {
    assertThat(matrix().learning()).isEqualTo(85);
  }

  @Test
  void backwardTransferIsWhatTheLastRowLostAgainstTheDiagonal() {
    // (−15 − 20 + 0) / 3
    assertThat(matrix().backwardTransfer()).isCloseTo(-35 / 3.0, within(1e-12));
  }

  @Test
  void forwardTransferComparesTheNextTaskWithRandomInitialisation() {
    // ((20 − 12) + (16 − 8)) / 2
    assertThat(matrix().forwardTransfer()).isEqualTo(8);
  }

  @Test
  void theWorstOldTaskLeavesTheLastOneOut() {
    assertThat(matrix().worstOldTask()).isEqualTo(60);
  }

  @Test
  void averageMinimumTakesEachOldTaskAtItsWorstMoment() {
    // (min(70, 75) + 60) / 2
    assertThat(matrix().averageMinimum()).isEqualTo(65);
  }

  @Test
  void worstCaseWeighsTheNewTaskWithTheOldOnesAtTheirWorst() {
    // 85/3 + 2/3·65
    assertThat(matrix().worstCase()).isCloseTo(215 / 3.0, within(1e-12));
  }

  @Test
  void anUnknownEntryMakesTheFigureUnknown() {
    AccuracyMatrix matrix = new AccuracyMatrix(2);
    matrix.set(1, 0, 50);
    assertThat(matrix.retained()).isNaN();
    assertThat(matrix.learning()).isNaN();
    assertThat(matrix.averageMinimum()).isEqualTo(50);
  }

  @Test
  void aSingleTaskHasNothingToForget() {
    AccuracyMatrix matrix = new AccuracyMatrix(1);
    matrix.set(0, 0, 70);
    assertThat(matrix.retained()).isEqualTo(70);
    assertThat(matrix.backwardTransfer()).isZero();
    assertThat(matrix.worstCase()).isEqualTo(70);
    assertThat(matrix.worstOldTask()).isNaN();
  }

  @Test
  void tasksOutsideAreNamed() {
    assertThatThrownBy(() -> matrix().set(3, 0, 1)).hasMessageContaining("R[3, 0]");
    assertThatThrownBy(() -> new AccuracyMatrix(0)).hasMessageContaining("at least 1 task");
  }
}
