package io.engram.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.algebra.Vectors;
import io.engram.core.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OnlineModelsTest {

  @Property(tries = 20)
  void coMomentsFindALinearFunction(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    CoMoments moments = new CoMoments(3, 1);
    for (int i = 0; i < 200; i++) {
      double[] x = {random.nextDouble(), 1000 + random.nextDouble(), 7};
      moments.add(x, new double[] {2 * x[0] - 3 * x[1] + 5});
    }
    assertThat(moments.ridge(1e-9)[0]).containsExactly(new double[] {2, -3, 0}, within(1e-4));
    assertThat(moments.count()).isEqualTo(200);
  }

  @Property(tries = 20)
  void aRidgeOfManyRowsAnswersTheMean(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    CoMoments moments = new CoMoments(1, 1);
    for (int i = 0; i < 50; i++) {
      double x = random.nextDouble();
      moments.add(new double[] {x}, new double[] {x});
    }
    assertThat(moments.ridge(1e12)[0][0]).isCloseTo(0, within(1e-6));
  }

  @Test
  void aLinearModelAnswersTheSupportMeanBeforeItHasLearned() {
    Rows rows = SupportExpertsTest.random(1, 10, 3, 1);
    assertThat(new OnlineLinear("linear", Design.ROW).answer(rows)[0])
        .containsExactly(Vectors.mean(rows.labels()), within(1e-12));
  }

  @Test
  void aLinearModelStaysWithinTheLabelsItHasSeen() {
    OnlineLinear model = new OnlineLinear("linear", Design.ROW);
    double[][] line = {{0}, {1}, {2}};
    Rows rows = new Rows(line, line, line, new double[1]);
    for (int i = 0; i < 50; i++) {
      model.learn(rows, line);
    }
    Rows far = new Rows(line, line, new double[][] {{100}, {1}}, new double[1]);
    assertThat(model.answer(far)[0][0]).isEqualTo(2);
    assertThat(model.answer(far)[1][0]).isCloseTo(1, within(0.02));
  }

  /** Levels of keys are anywhere; only differences mean the same for all. */
  @Property(tries = 200)
  void differencesAreLearnedWhateverTheLevel(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    OnlineLinear model = new OnlineLinear("differences", Design.DIFFERENCE);
    double[][] labels = new double[10][1];
    // It answers within the labels it has seen: the lowest and the highest level come first.
    for (int task = 0; task < 60; task++) {
      double level = task == 0 ? -10 : task == 1 ? 110 : 100 * random.nextDouble();
      Rows rows = levelled(level, random, labels);
      model.learn(rows, labels);
    }
    Rows rows = levelled(100 * random.nextDouble(), random, labels);
    double[][] answers = model.answer(rows);
    for (int q = 0; q < labels.length; q++) {
      assertThat(answers[q][0]).isCloseTo(labels[q][0], within(0.1));
    }
  }

  private static Rows levelled(double level, RandomStream random, double[][] labels) {
    Rows rows = SupportExpertsTest.random(random.nextLong(), 10, 2, 1);
    for (int i = 0; i < labels.length; i++) {
      rows.labels()[i][0] = level + 3 * rows.support()[i][0] - rows.support()[i][1];
      labels[i][0] = level + 3 * rows.query()[i][0] - rows.query()[i][1];
    }
    return rows;
  }

  @Property(tries = 20)
  void aSoftmaxLearnsWhichClassIsWhere(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    OnlineSoftmax model = new OnlineSoftmax("softmax", Design.ROW);
    for (int task = 0; task < 60; task++) {
      Rows rows = classes(random);
      model.learn(rows, rows.labels());
    }
    Rows rows =
        new Rows(
            new double[][] {{0, 0}},
            new double[][] {{1, 0, 0}},
            new double[][] {{-0.9, 0}, {0, 0}, {0.9, 0}},
            new double[3]);
    double[][] answers = model.answer(rows);
    assertThat(answers[0][0]).isGreaterThan(0.7);
    assertThat(answers[2][2]).isGreaterThan(0.7);
    for (double[] answer : answers) {
      assertThat(answer[0] + answer[1] + answer[2]).isCloseTo(1, within(1e-9));
    }
  }

  /** Three classes by the first column; support and query alike. */
  private static Rows classes(RandomStream random) {
    Rows numbers = SupportExpertsTest.random(random.nextLong(), 10, 2, 3);
    double[][] labels = new double[10][3];
    for (int i = 0; i < labels.length; i++) {
      double x = numbers.support()[i][0];
      labels[i][x < -0.33 ? 0 : x < 0.33 ? 1 : 2] = 1;
    }
    return new Rows(numbers.support(), labels, numbers.support(), new double[] {0.3, 0.4, 0.3});
  }
}
