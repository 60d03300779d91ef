package io.engram.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MixtureTest {

  private static final int QUERIES = 10;

  /** Labels are noise around what the first expert says; nothing helps. */
  @Property(tries = 20)
  void whereNothingHelpsItIsHardlyWorseThanTheBest(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Pool pool = new LinearPool();
    Mixture mixture = new Mixture(pool, 6);
    double best = 0;
    double mixed = 0;
    for (int task = 0; task < 400; task++) {
      double[][][] answers = new double[6][QUERIES][1];
      double[][] labels = new double[QUERIES][1];
      for (int q = 0; q < QUERIES; q++) {
        labels[q][0] = gaussian(random);
        for (int e = 1; e < 6; e++) {
          answers[e][q][0] = 0.5 * gaussian(random);
        }
      }
      if (task >= 20) {
        best += pool.loss(answers[0], labels);
        mixed += pool.loss(mixture.answer(answers), labels);
      }
      mixture.learn(answers, labels);
    }
    assertThat(mixed).isLessThan(1.02 * best);
  }

  /** Two experts with errors of their own: half of each has half the loss. */
  @Property(tries = 20)
  void expertsWhoErrApartAreWorthMoreTogether(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Pool pool = new LinearPool();
    Mixture mixture = new Mixture(pool, 3);
    double best = 0;
    double mixed = 0;
    for (int task = 0; task < 300; task++) {
      double[][][] answers = new double[3][QUERIES][1];
      double[][] labels = new double[QUERIES][1];
      for (int q = 0; q < QUERIES; q++) {
        labels[q][0] = 3 * gaussian(random);
        answers[1][q][0] = labels[q][0] + gaussian(random);
        answers[2][q][0] = labels[q][0] + gaussian(random);
      }
      if (task >= 100) {
        best += Math.min(pool.loss(answers[1], labels), pool.loss(answers[2], labels));
        mixed += pool.loss(mixture.answer(answers), labels);
      }
      mixture.learn(answers, labels);
    }
    assertThat(mixed).isLessThan(0.8 * best);
  }

  /** An expert that is right but too shy is raised to a power above 1. */
  @Property(tries = 20)
  void shyProbabilitiesAreSharpened(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Mixture mixture = new Mixture(new LogPool(), 2);
    for (int task = 0; task < 100; task++) {
      double[][][] answers = new double[2][QUERIES][];
      double[][] labels = new double[QUERIES][2];
      for (int q = 0; q < QUERIES; q++) {
        int label = random.nextInt(2);
        labels[q][label] = 1;
        boolean right = random.nextDouble() < 0.9;
        double first = (label == 0) == right ? 0.6 : 0.4;
        answers[0][q] = new double[] {first, 1 - first};
        answers[1][q] = new double[] {0.5, 0.5};
      }
      mixture.learn(answers, labels);
    }
    assertThat(mixture.weights()[0]).isBetween(3.0, 7.0);
  }

  @Test
  void itStartsFromTheFirstExpert() {
    Mixture mixture = new Mixture(new LinearPool(), 3);
    assertThat(mixture.weights()).containsExactly(1, 0, 0);
    assertThat(mixture.answer(new double[][][] {{{5}}, {{6}}, {{7}}}))
        .isDeepEqualTo(new double[][] {{5}});
  }

  @Test
  void itFollowsTheBestExpertFromTheFirstTaskOn() {
    Mixture mixture = new Mixture(new LinearPool(), 2);
    mixture.learn(new double[][][] {{{5}}, {{6}}}, new double[][] {{6}});
    assertThat(mixture.weights()[1]).isBetween(0.9, 1.0);
    assertThat(mixture.weights()[0] + mixture.weights()[1]).isCloseTo(1, within(1e-9));
  }

  /** The last expert is the best for a long time, though least squares over the past would rather mix. */
  @Property(tries = 20)
  void whoeverIsBestAloneIsHeard(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Pool pool = new LinearPool();
    Mixture mixture = new Mixture(pool, 4);
    double best = 0;
    double mixed = 0;
    for (int task = 0; task < 600; task++) {
      double[][][] answers = new double[4][QUERIES][1];
      double[][] labels = new double[QUERIES][1];
      // Who errs with whom changes from task to task, faster than weights can follow.
      double together = 2 * gaussian(random);
      for (int q = 0; q < QUERIES; q++) {
        labels[q][0] = gaussian(random);
        for (int e = 0; e < 3; e++) {
          answers[e][q][0] = labels[q][0] + together * (e - 1) + gaussian(random);
        }
        answers[3][q][0] = labels[q][0] + 0.1 * gaussian(random);
      }
      if (task >= 50) {
        best += pool.loss(answers[3], labels);
        mixed += pool.loss(mixture.answer(answers), labels);
      }
      mixture.learn(answers, labels);
    }
    assertThat(mixed).isLessThan(1.05 * best);
  }

  @Test
  void whatItKnowsIsTakenUpToTheBit() {
    Mixture mixture = new Mixture(new LinearPool(), 2);
    mixture.learn(new double[][][] {{{5}}, {{6}}}, new double[][] {{6}});
    mixture.learn(new double[][][] {{{5}}, {{7}}}, new double[][] {{6}});
    Mixture other = new Mixture(new LinearPool(), 2);
    other.restore(mixture.save());
    assertThat(other.weights()).isEqualTo(mixture.weights());
    other.learn(new double[][][] {{{1}}, {{2}}}, new double[][] {{3}});
    mixture.learn(new double[][][] {{{1}}, {{2}}}, new double[][] {{3}});
    assertThat(other.weights()).isEqualTo(mixture.weights());
  }

  private static double gaussian(RandomStream random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }
}
