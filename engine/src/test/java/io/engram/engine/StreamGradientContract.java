package io.engram.engine;

import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.random.RandomStream;
import io.engram.engine.reference.FiniteDifferences;
import io.engram.engine.reference.Problems;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of streams, and the steps that are taken with them, beside a double-precision reference. */
abstract class StreamGradientContract extends StreamContract {

  private static final double TOLERANCE = 2e-5;

  /** One example, a few and many may each take a way of their own, and wide layers may be cut into pieces. */
  @ParameterizedTest
  @CsvSource(
      value = {
        RECTIFIED + "|1",
        RECTIFIED + "|3",
        RECTIFIED + "|9",
        SMOOTH + "|1",
        SMOOTH + "|3",
        SMOOTH + "|9",
        SHALLOW + "|1",
        SHALLOW + "|9",
        IMAGE + "|1",
        IMAGE + "|9",
        RECTIFIED + "|20",
        WIDE + "|1",
        WIDE + "|3",
        WIDE + "|20"
      },
      delimiter = '|')
  void gradientOfLabelsAndSoftTargetsAgreesWithFiniteDifferences(String text, int examples) {
    StreamProblem problem = problem(text, examples);
    StreamVector sum = problem.program.zeros();

    double loss =
        problem.program.addGradient(problem.weights, problem.batch, GradientSum.of(3f, sum));

    double[] theta = widen(problem.theta);
    double[] expected = FiniteDifferences.gradient(x -> 3 * problem.loss(x), theta);
    assertThat(loss).isCloseTo(problem.loss(theta), within(1e-4));
    assertThat(relativeError(problem.stored(sum), expected)).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9, 20})
  void descentTakesTheGradientTimesItsStepSize(int examples) {
    StreamProblem problem = problem(RECTIFIED, examples);
    StreamVector gradient = problem.program.zeros();
    problem.program.addGradient(problem.weights, problem.batch, GradientSum.of(1f, gradient));
    float[] slope = problem.stored(gradient);
    StreamVector uniform = problem.weights.copy();
    StreamVector own = problem.weights.copy();
    float[] sizes = Problems.gaussian(slope.length, new RandomStream(5));
    StreamVector steps = problem.program.zeros();
    problem.program.load(sizes, steps);

    problem.program.descend(uniform, problem.batch, StreamStep.of(0.3f));
    problem.program.descend(own, problem.batch, new StreamStep.Each(steps));

    for (int i = 0; i < slope.length; i++) {
      assertThat(problem.stored(uniform)[i])
          .isCloseTo(problem.theta[i] - 0.3f * slope[i], within(1e-6f));
      assertThat(problem.stored(own)[i])
          .isCloseTo(problem.theta[i] - sizes[i] * slope[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void aComputedGradientMayBeUsedSeveralTimes(int examples) {
    StreamProblem problem = problem(RECTIFIED, examples);
    StreamVector gradient = problem.program.zeros();
    double loss =
        problem.program.addGradient(problem.weights, problem.batch, GradientSum.of(1f, gradient));
    float[] slope = problem.stored(gradient);
    float[] sizes = Problems.gaussian(slope.length, new RandomStream(5));
    StreamVector factor = problem.program.zeros();
    problem.program.load(sizes, factor);
    StreamVector sum = problem.weights.copy();
    StreamVector products = problem.weights.copy();

    double again = problem.program.computeGradient(problem.weights, problem.batch);
    problem.program.add(GradientSum.of(2f, sum));
    problem.program.add(new GradientSum(-0.5f, factor, products));
    problem.program.add(new GradientSum(0.25f, factor, products));

    assertThat(again).isEqualTo(loss);
    for (int i = 0; i < slope.length; i++) {
      assertThat(problem.stored(sum)[i]).isCloseTo(problem.theta[i] + 2 * slope[i], within(1e-5f));
      assertThat(problem.stored(products)[i])
          .isCloseTo(problem.theta[i] - 0.25f * sizes[i] * slope[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void aLongGradientIsShortenedAndAShortOneIsNot(int examples) {
    StreamProblem problem = problem(RECTIFIED, examples);
    StreamVector gradient = problem.program.zeros();
    problem.program.addGradient(problem.weights, problem.batch, GradientSum.of(1f, gradient));
    float[] slope = problem.stored(gradient);
    double norm = gradient.norm();
    StreamVector steps = problem.program.zeros();
    steps.fill(0.5f);
    StreamVector shortened = problem.weights.copy();
    StreamVector whole = problem.weights.copy();

    problem.program.descend(shortened, problem.batch, new StreamStep.Each(steps, norm / 4));
    problem.program.descend(whole, problem.batch, new StreamStep.Each(steps, norm * 1.01));

    for (int i = 0; i < slope.length; i++) {
      assertThat(problem.stored(shortened)[i])
          .isCloseTo(problem.theta[i] - 0.125f * slope[i], within(1e-6f));
      assertThat(problem.stored(whole)[i])
          .isCloseTo(problem.theta[i] - 0.5f * slope[i], within(1e-6f));
    }
  }

  /** A step within the bound, and one beyond it; some inputs are blank for a whole batch, and their averages move as well. */
  @ParameterizedTest
  @CsvSource({"1, 0.2", "3, 0.2", "20, 0.2", "1, 5", "20, 5"})
  void aStepMayKeepAnAverageOfTheWeights(int examples, double share) {
    StreamProblem problem = problem(WIDE, examples);
    StreamVector gradient = problem.program.zeros();
    problem.program.addGradient(problem.weights, problem.batch, GradientSum.of(1f, gradient));
    double longest = share * gradient.norm();
    StreamVector steps = problem.program.zeros();
    steps.fill(0.5f);
    StreamVector alone = problem.weights.copy();
    StreamVector average = problem.program.zeros();
    average.fill(0.3f);
    StreamVector together = problem.weights.copy();
    StreamVector kept = average.copy();

    double loss =
        problem.program.descend(alone, problem.batch, new StreamStep.Each(steps, longest));
    average.average(alone, 0.25f);
    double same =
        problem.program.descend(
            together,
            problem.batch,
            new StreamStep.Averaged(new StreamStep.Each(steps, longest), kept, 0.25f));

    assertThat(same).isEqualTo(loss);
    assertThat(problem.stored(together)).containsExactly(problem.stored(alone), within(1e-6f));
    assertThat(problem.stored(kept)).containsExactly(problem.stored(average), within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9, 20})
  void squaredGradientsAreThoseOfSingleExamples(int examples) {
    StreamProblem problem = problem(SMOOTH, examples);
    StreamVector squares = problem.program.zeros();

    float[] logits = new float[examples * 4];
    float[] predicted = new float[examples * 4];
    problem.program.predict(problem.weights, problem.batch, predicted);

    problem.program.addSquaredGradients(problem.weights, problem.batch, squares, logits);
    problem.program.addSquaredGradients(problem.weights, problem.batch, squares, logits);

    double[] expected = new double[problem.theta.length];
    for (int b = 0; b < examples; b++) {
      int example = b;
      double[] gradient =
          FiniteDifferences.gradient(x -> problem.loss(x, example), widen(problem.theta));
      for (int i = 0; i < expected.length; i++) {
        expected[i] += 2 * gradient[i] * gradient[i];
      }
    }
    assertThat(relativeError(problem.stored(squares), expected)).isLessThan(TOLERANCE);
    assertThat(logits).isEqualTo(predicted);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void ofBlankInputsOnlyTheBiasesOfTheFirstLayerAreLearned(int examples) {
    StreamProblem problem = problem(RECTIFIED, 1);
    StreamBatch blank = new StreamBatch(4);
    for (int b = 0; b < examples; b++) {
      blank.add(SparseInput.of(new float[12]), b % 4, 1f);
    }
    problem.program.descend(problem.weights, blank, StreamStep.of(0.1f));

    float[] after = problem.stored(problem.weights);
    int weights = 12 * 9;
    assertThat(Arrays.copyOf(after, weights)).isEqualTo(Arrays.copyOf(problem.theta, weights));
    assertThat(Arrays.copyOfRange(after, weights, weights + 9))
        .isNotEqualTo(Arrays.copyOfRange(problem.theta, weights, weights + 9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void aProductWithTheGradientMayBeAddedAtOnce(int examples) {
    StreamProblem problem = problem(RECTIFIED, examples);
    StreamVector factor = problem.program.zeros();
    problem.program.load(Problems.gaussian(problem.theta.length, new RandomStream(5)), factor);
    StreamVector atOnce = problem.weights.copy();
    StreamVector after = problem.weights.copy();

    double loss =
        problem.program.addGradient(
            problem.weights, problem.batch, new GradientSum(0.5f, factor, atOnce));
    double same = problem.program.computeGradient(problem.weights, problem.batch);
    problem.program.add(new GradientSum(0.5f, factor, after));

    assertThat(loss).isEqualTo(same);
    assertThat(problem.stored(atOnce)).isEqualTo(problem.stored(after));
  }
}
