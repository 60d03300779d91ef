package io.engram.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.algebra.Cholesky;
import io.engram.core.algebra.Vectors;
import io.engram.core.random.RandomStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SupportExpertsTest {

  private static final double[][] LINE = {{0}, {1}, {2}, {3}};
  private static final double[][] LABELS = {{1}, {3}, {5}, {7}};

  @Test
  void aMeanCountsLaterLabelsMore() {
    Rows rows = new Rows(LINE, LABELS, new double[][] {{9}, {8}}, new double[] {0});
    assertThat(new RecencyMean("mean", 1, 0).answer(rows)).isDeepEqualTo(new double[][] {{4}, {4}});
    assertThat(new RecencyMean("last", 0, 0).answer(rows)).isDeepEqualTo(new double[][] {{7}, {7}});
    double weights = 1 + 0.5 + 0.25 + 0.125;
    assertThat(new RecencyMean("half", 0.5, 0).mean(rows)[0])
        .isCloseTo((7 + 2.5 + 0.75 + 0.125) / weights, within(1e-12));
  }

  @Test
  void smoothingLeavesNoClassImpossible() {
    Rows rows =
        new Rows(
            new double[][] {{0}, {0}},
            new double[][] {{1, 0}, {1, 0}},
            new double[][] {{0}},
            new double[] {0.4, 0.6});
    assertThat(new RecencyMean("shares", 1, 1).mean(rows)).containsExactly(2.4 / 3, 0.6 / 3);
  }

  @Test
  void ofNeighboursEquallyNearTheLaterCounts() {
    Rows rows = new Rows(LINE, LABELS, new double[][] {{0.5}, {3}}, new double[] {0});
    assertThat(new Neighbours("nearest", 1).answer(rows)).isDeepEqualTo(new double[][] {{3}, {7}});
    assertThat(new Neighbours("all", 9).answer(rows)).isDeepEqualTo(new double[][] {{4}, {4}});
    assertThatIllegalArgumentException().isThrownBy(() -> new Neighbours("none", 0));
  }

  @Test
  void softNeighboursAnswerTheNearRowsAndTheMeanFarAway() {
    double[][] support = {{0}, {0.1}, {5}, {5.1}};
    double[][] labels = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};
    Rows rows = new Rows(support, labels, new double[][] {{0}, {5}}, new double[] {0.5, 0.5});
    double[][] answers = new SoftNeighbours("soft", 0.5).answer(rows);
    assertThat(answers[0][0]).isGreaterThan(0.8);
    assertThat(answers[1][1]).isGreaterThan(0.8);
  }

  @Test
  void aRidgeOfLittlePenaltyContinuesALine() {
    Rows rows = new Rows(LINE, LABELS, new double[][] {{10}}, new double[] {0});
    assertThat(new SupportRidge("ridge", List.of(1e-9)).answer(rows)[0][0])
        .isCloseTo(21, within(1e-5));
  }

  @Property(tries = 100)
  void aRidgeOfLargePenaltyAnswersTheMean(@ForAll long seed) {
    Rows rows = random(seed, 10, 30, 2);
    double[] mean = Vectors.mean(rows.labels());
    for (double[] answer : new SupportRidge("ridge", List.of(1e9)).answer(rows)) {
      assertThat(answer).containsExactly(mean, within(1e-6));
    }
  }

  @Property(tries = 100)
  void theFormulaForLeavingOneOutEqualsRefitting(@ForAll long seed) {
    Rows rows = random(seed, 8, 5, 2);
    double penalty = 0.3;
    double[][] x = SupportRidge.centred(rows.support(), Vectors.mean(rows.support()));
    double[][] y = SupportRidge.centred(rows.labels(), Vectors.mean(rows.labels()));
    double formula =
        SupportRidge.leaveOneOutError(new Cholesky(SupportRidge.kernel(x), penalty), y);
    double refitted = 0;
    double[][] answers = new SupportRidge("ridge", List.of(penalty)).leaveOneOut(rows);
    for (int i = 0; i < answers.length; i++) {
      refitted += Vectors.distance(answers[i], rows.labels()[i]);
    }
    assertThat(formula).isCloseTo(refitted, within(1e-8 * refitted));
  }

  @Property(tries = 100)
  void aSoftmaxOfLargePenaltyAnswersWhatItCorrects(@ForAll long seed) {
    Rows numbers = random(seed, 10, 4, 1);
    Rows rows =
        new Rows(numbers.support(), signs(numbers), numbers.query(), new double[] {0.5, 0.5});
    Expert shares = new RecencyMean("shares", 1, 1);
    double[][] expected = shares.answer(rows);
    double[][] answers = new SupportSoftmax("softmax", shares, 1e9).answer(rows);
    for (int q = 0; q < answers.length; q++) {
      assertThat(answers[q]).containsExactly(expected[q], within(1e-6));
    }
  }

  @Test
  void aSoftmaxTellsSeparateClassesApart() {
    double[][] support = {{-1, 0}, {-1, 1}, {1, 0}, {1, 1}};
    double[][] labels = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};
    Rows rows =
        new Rows(support, labels, new double[][] {{-1, 0.5}, {1, 0.5}}, new double[] {0.5, 0.5});
    double[][] answers =
        new SupportSoftmax("softmax", new RecencyMean("shares", 1, 1), 0.1).answer(rows);
    assertThat(answers[0][0]).isGreaterThan(0.8);
    assertThat(answers[1][1]).isGreaterThan(0.8);
  }

  @Property(tries = 100)
  void aShiftedExpertIsRightOnTheSupportOnAverage(@ForAll long seed) {
    Rows rows = random(seed, 10, 3, 2);
    Expert zero =
        new Expert() {
          @Override
          public String name() {
            return "zero";
          }

          @Override
          public double[][] answer(Rows asked) {
            return new double[asked.query().length][asked.width()];
          }
        };
    assertThat(new Shifted("shifted", zero).answer(rows)[0])
        .containsExactly(Vectors.mean(rows.labels()), within(1e-9));
  }

  private static double[][] signs(Rows rows) {
    double[][] signs = new double[rows.support().length][2];
    for (int i = 0; i < signs.length; i++) {
      signs[i][rows.labels()[i][0] > 0 ? 1 : 0] = 1;
    }
    return signs;
  }

  static Rows random(long seed, int size, int columns, int width) {
    RandomStream random = new RandomStream(seed);
    return new Rows(
        matrix(size, columns, random),
        matrix(size, width, random),
        matrix(size, columns, random),
        new double[width]);
  }

  private static double[][] matrix(int rows, int columns, RandomStream random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = 2 * random.nextDouble() - 1;
      }
    }
    return matrix;
  }
}
