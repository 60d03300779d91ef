package io.engram.core.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RecentTest {

  private static final int COLUMNS = 2;
  private static final int ROWS = 10;
  private static final TableShape SHAPE = new TableShape(COLUMNS, 1, false);

  @Test
  void whatExpertsGotWrongIsLearnedInAFewTasks() {
    RandomStream random = new RandomStream(1);
    Recent recent = new Recent(SHAPE);
    for (int task = 0; task < 10; task++) {
      Question question = question(random, scale(0, 1));
      recent.learn(question, silent(), wrong(question, 0.5, 0.2));
    }
    double[] answer = {1};
    recent.corrections().addTo(Corrections.Of.LINEAR, new double[] {2, 1}, answer);
    assertThat(answer[0]).isCloseTo(1 + 0.5 * 2 + 0.2, within(0.3));
  }

  @Test
  void oldErrorsAreForgotten() {
    RandomStream random = new RandomStream(2);
    Recent recent = new Recent(SHAPE);
    for (int task = 0; task < 40; task++) {
      Question question = question(random, scale(0, 1));
      recent.learn(question, silent(), wrong(question, task < 20 ? -0.5 : 0.5, 0));
    }
    double[] answer = {0};
    recent.corrections().addTo(Corrections.Of.TREES, new double[] {1, 0}, answer);
    assertThat(answer[0]).isCloseTo(0.5, within(0.15));
  }

  @Property(tries = 50)
  void anotherMeasureSaysTheSame(
      @ForAll @DoubleRange(min = -1, max = 1) double mean,
      @ForAll @DoubleRange(min = 1, max = 4) double deviation,
      @ForAll @DoubleRange(min = 0.5, max = 4) double labels) {
    TableScale before = scale(0, 1);
    TableScale after =
        new TableScale(
            20,
            new float[] {(float) mean, (float) mean},
            new float[] {(float) deviation, (float) deviation},
            new float[] {1},
            new float[] {(float) labels},
            -9,
            9);
    RandomStream random = new RandomStream(3);
    Recent taken = new Recent(SHAPE);
    Recent anew = new Recent(SHAPE);
    for (int task = 0; task < 5; task++) {
      RandomStream same = new RandomStream(random.nextLong());
      ExampleSet rows = rows(same);
      Question narrow = Question.of(SHAPE, before, rows, rows);
      Question wide = Question.of(SHAPE, after, rows, rows);
      double[][] missed = wrong(narrow, 0.2, 0.1);
      taken.learn(narrow, silent(), missed);
      double[][] remeasured = new double[ROWS][1];
      for (int q = 0; q < ROWS; q++) {
        remeasured[q][0] = missed[q][0] / after.labelDeviation()[0];
      }
      anew.learn(wide, silent(), remeasured);
    }
    taken.measure(before, after);
    double[] known = taken.save();
    double[] expected = anew.save();
    for (int i = 0; i < known.length; i++) {
      assertThat(known[i]).isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
    }
  }

  @Property(tries = 50)
  void noErrorMovesAnAnswerFar(
      @ForAll @DoubleRange(min = -1e30, max = 1e30) double absurd,
      @ForAll @DoubleRange(min = -5, max = 5) double x) {
    RandomStream random = new RandomStream(4);
    Recent recent = new Recent(SHAPE);
    for (int task = 0; task < 5; task++) {
      Question question = question(random, scale(0, 1));
      recent.learn(question, silent(), wrong(question, 0, absurd));
    }
    double[] answer = {0};
    recent.corrections().addTo(Corrections.Of.LINEAR, new double[] {x, -x}, answer);
    assertThat(Math.abs(answer[0])).isLessThanOrEqualTo(3);
  }

  @Test
  void whatItKnowsCanBeKept() {
    RandomStream random = new RandomStream(5);
    Recent recent = new Recent(SHAPE);
    Question question = question(random, scale(0, 1));
    recent.learn(question, silent(), wrong(question, 0.4, 0.3));
    double[] saved = recent.save();
    assertThat(saved).hasSize(Recent.savedLength(SHAPE));
    Recent other = new Recent(SHAPE);
    other.restore(saved);
    assertThat(other.save()).containsExactly(saved);
    assertThat(other.corrections().flat()).containsExactly(recent.corrections().flat());
  }

  private static TableScale scale(float mean, float deviation) {
    return new TableScale(
        10,
        new float[] {mean, mean},
        new float[] {deviation, deviation},
        new float[] {0},
        new float[] {1},
        -9,
        9);
  }

  private static ExampleSet rows(RandomStream random) {
    float[] inputs = new float[ROWS * COLUMNS];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    return new ExampleSet(COLUMNS, inputs, new Targets.Values(1, new float[ROWS]));
  }

  private static Question question(RandomStream random, TableScale scale) {
    ExampleSet rows = rows(random);
    return Question.of(SHAPE, scale, rows, rows);
  }

  /** Experts who all answer 0. */
  private static double[][][] silent() {
    return new double[SHAPE.experts().size()][ROWS][1];
  }

  /** What they should have said: a multiple of the first column and a constant. */
  private static double[][] wrong(Question question, double slope, double constant) {
    double[][] labels = new double[ROWS][1];
    for (int q = 0; q < ROWS; q++) {
      labels[q][0] = slope * question.rows().query()[q][0] + constant;
    }
    return labels;
  }
}
