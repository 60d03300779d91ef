package io.engram.engine;

import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.reference.FiniteDifferences;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine that offers stream programs must do, judged against a double-precision reference. */
public abstract class StreamProgramContract {

  private static final double TOLERANCE = 2e-5;
  private static final String RECTIFIED =
      "input(12) dense(9) relu dense(7) leakyrelu dense(4) softmax";
  private static final String SMOOTH = "input(12) dense(5) tanh dense(6) identity dense(4) softmax";
  private static final String SHALLOW = "input(12) dense(4) softmax";
  private static final String WIDE = "input(12) dense(70) relu dense(4) softmax";
  private static final String IMAGE = "input(3,2,2) flatten dense(9) relu dense(4) softmax";

  private final List<StreamProgram> compiled = new ArrayList<>();

  /** Frees what a test compiled. */
  @AfterEach
  void close() {
    compiled.forEach(StreamProgram::close);
  }

  private StreamProgram compile(String network) {
    StreamProgram program = engine().compileStream(NetworkSpec.parse(network));
    compiled.add(program);
    return program;
  }

  /** The engine under test. */
  protected abstract ComputeEngine engine();

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
    Problem problem = new Problem(text, examples);
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
    Problem problem = new Problem(RECTIFIED, examples);
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
    Problem problem = new Problem(RECTIFIED, examples);
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
    Problem problem = new Problem(RECTIFIED, examples);
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
    Problem problem = new Problem(WIDE, examples);
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
    Problem problem = new Problem(SMOOTH, examples);
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

  @Test
  void predictionsAreTheReferencesLogits() {
    Problem problem = new Problem(RECTIFIED, 9);
    float[] logits = new float[9 * 4];

    problem.program.predict(problem.weights, problem.batch, logits);

    double[][] expected = problem.reference.outputs(widen(problem.theta), problem.set);
    for (int b = 0; b < 9; b++) {
      for (int o = 0; o < 4; o++) {
        assertThat((double) logits[b * 4 + o]).isCloseTo(expected[b][o], within(1e-5));
      }
    }
  }

  @Test
  void whatIsLoadedIsStored() {
    Problem problem = new Problem(IMAGE, 1);
    assertThat(problem.stored(problem.weights)).isEqualTo(problem.theta);
  }

  @Test
  void averagedWeightsAreTheMeanOfTheirHistory() {
    Problem problem = new Problem(RECTIFIED, 3);
    StreamVector average = problem.weights.copy();
    float[] expected = problem.theta.clone();
    for (int t = 1; t <= 4; t++) {
      problem.program.descend(problem.weights, problem.batch, StreamStep.of(0.1f));
      average.average(problem.weights, 1f / (t + 1));
      float[] now = problem.stored(problem.weights);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += now[i];
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(problem.stored(average)[i]).isCloseTo(expected[i] / 5, within(1e-5f));
    }
  }

  @Test
  void resultsDoNotDependOnWhatWasComputedBefore() {
    Problem fresh = new Problem(RECTIFIED, 3);
    Problem used = new Problem(RECTIFIED, 3);
    Problem large = new Problem(RECTIFIED, 40);
    used.program.descend(large.weights, large.batch, StreamStep.of(0.1f));

    fresh.program.descend(fresh.weights, fresh.batch, StreamStep.of(0.1f));
    used.program.descend(used.weights, used.batch, StreamStep.of(0.1f));

    assertThat(used.stored(used.weights)).isEqualTo(fresh.stored(fresh.weights));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void ofBlankInputsOnlyTheBiasesOfTheFirstLayerAreLearned(int examples) {
    Problem problem = new Problem(RECTIFIED, 1);
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
    Problem problem = new Problem(RECTIFIED, examples);
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

  @Test
  void itIsAmongTheCapabilitiesOfItsEngine() {
    assertThat(engine().capabilities().offers(Feature.STREAMS)).isTrue();
  }

  @Test
  void aClosedProgramComputesNothing() {
    Problem problem = new Problem(SHALLOW, 1);
    problem.program.close();
    problem.program.close();
    assertThatThrownBy(() -> problem.program.predict(problem.weights, problem.batch, new float[4]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void wrongShapesAreNamed() {
    Problem problem = new Problem(RECTIFIED, 3);
    StreamProgram other = compile(SMOOTH);
    assertThatThrownBy(() -> problem.program.predict(other.zeros(), problem.batch, new float[12]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights");
    StreamBatch narrow = new StreamBatch(4);
    narrow.add(SparseInput.of(new float[11]), 0, 1f);
    assertThatThrownBy(() -> problem.program.descend(problem.weights, narrow, StreamStep.of(0.1f)))
        .hasMessageContaining("11 inputs")
        .hasMessageContaining("12");
    assertThatThrownBy(
            () -> problem.program.descend(problem.weights, new StreamBatch(4), StreamStep.of(0.1f)))
        .hasMessageContaining("0 examples");
    assertThatThrownBy(() -> problem.program.load(new float[3], problem.weights))
        .hasMessageContaining("3 elements");
  }

  @ParameterizedTest
  @ValueSource(strings = {Problems.CONVOLUTIONAL, Problems.REGRESSION, Problems.ODD})
  void networksItCannotRunAreRefused(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    assertThatThrownBy(() -> engine().compileStream(network))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("stream programs");
  }

  /** A compiled network, seeded weights, and a batch with labels, weights of its own and soft targets for some examples. */
  private final class Problem {

    final StreamProgram program;
    final ReferenceNetwork reference;
    final float[] theta;
    final StreamVector weights;
    final StreamBatch batch;
    final ExampleSet set;
    private final int[] labels;
    private final float[] targets;

    Problem(String text, int examples) {
      RandomStream random = new RandomStream(11);
      program = compile(text);
      NetworkSpec network = program.network();
      reference = new ReferenceNetwork(network);
      theta = Problems.theta(network, 3);
      weights = program.zeros();
      program.load(theta, weights);
      batch = new StreamBatch(4);
      float[] inputs = Problems.gaussian(examples * 12, random);
      labels = new int[examples];
      targets = Problems.gaussian(examples * 4, random);
      for (int b = 0; b < examples; b++) {
        float[] input = new float[12];
        for (int i = 0; i < 12; i++) {
          // A third of the inputs is zero, as pixels are.
          input[i] = (i + b) % 3 == 0 ? 0 : inputs[b * 12 + i];
          inputs[b * 12 + i] = input[i];
        }
        labels[b] = random.nextInt(4);
        batch.add(SparseInput.of(input), labels[b], weight(b));
        if (pull(b) != 0) {
          batch.towards(targets, b * 4, 0.75f * pull(b));
          batch.towards(targets, b * 4, 0.25f * pull(b));
        }
      }
      set = new ExampleSet(12, inputs, new Targets.Classes(4, labels));
    }

    private static float weight(int example) {
      return 0.5f + 0.1f * example;
    }

    private static float pull(int example) {
      return example % 2 == 0 ? 0.4f : 0f;
    }

    float[] stored(StreamVector vector) {
      float[] flat = new float[theta.length];
      program.store(vector, flat);
      return flat;
    }

    double loss(double[] x) {
      double sum = 0;
      for (int b = 0; b < labels.length; b++) {
        sum += loss(x, b);
      }
      return sum;
    }

    double loss(double[] x, int b) {
      double[] z = reference.outputs(x, set)[b];
      double exponentials = 0;
      double distance = 0;
      for (int o = 0; o < 4; o++) {
        exponentials += Math.exp(z[o]);
        distance += (z[o] - targets[b * 4 + o]) * (z[o] - targets[b * 4 + o]);
      }
      return weight(b) * (Math.log(exponentials) - z[labels[b]]) + 0.5 * pull(b) * distance;
    }
  }
}
