package io.engram.engine;

import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.reference.Problems;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine that offers stream programs must do, judged against a double-precision reference. */
public abstract class StreamProgramContract extends StreamGradientContract {

  /** All hidden units rectified. */
  private static final String PLAIN = "input(12) dense(9) relu dense(7) relu dense(4) softmax";

  @Test
  void predictionsAreTheReferencesLogits() {
    StreamProblem problem = problem(RECTIFIED, 9);
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
  void unitsContributeWhatTheyGiveTimesTheWeightsThatTakeIt() {
    StreamProblem problem = problem(PLAIN, 3);
    NetworkSpec network = problem.program.network();
    int units = NetworkUnits.hidden(network);
    float[] contributions = new float[units + 1];
    contributions[units] = 7;

    problem.program.predict(problem.weights, problem.batch, new float[3 * 4]);
    problem.program.contributions(problem.weights, contributions);

    double[] expected = NetworkUnits.contributions(network, problem.theta, problem.batch);
    for (int unit = 0; unit < units; unit++) {
      assertThat((double) contributions[unit]).isCloseTo(expected[unit], within(1e-5));
    }
    assertThat(Arrays.stream(expected).max().orElseThrow()).isGreaterThan(0.1);
    assertThat(contributions[units]).as("behind the last").isEqualTo(7);
  }

  @Test
  void afterAStepContributionsAreOfItsActivationsAndTheNewWeights() {
    StreamProblem problem = problem(PLAIN, 1);
    NetworkSpec network = problem.program.network();
    float[] before = new float[NetworkUnits.hidden(network)];
    float[] after = before.clone();
    problem.program.predict(problem.weights, problem.batch, new float[4]);
    problem.program.contributions(problem.weights, before);
    problem.program.descend(problem.weights, problem.batch, StreamStep.of(0.5f));
    problem.weights.scale(2);
    problem.program.contributions(problem.weights, after);
    double[] moved = new double[before.length];
    double[] weighed = NetworkUnits.outgoing(network, problem.stored(problem.weights));
    double[] plain = NetworkUnits.outgoing(network, problem.theta);
    for (int unit = 0; unit < before.length; unit++) {
      moved[unit] = before[unit] * weighed[unit] / plain[unit];
      assertThat((double) after[unit]).isCloseTo(moved[unit], within(1e-4));
    }
  }

  @Test
  void whatIsLoadedIsStored() {
    StreamProblem problem = problem(IMAGE, 1);
    assertThat(problem.stored(problem.weights)).isEqualTo(problem.theta);
  }

  @Test
  void averagedWeightsAreTheMeanOfTheirHistory() {
    StreamProblem problem = problem(RECTIFIED, 3);
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
    StreamProblem fresh = problem(RECTIFIED, 3);
    StreamProblem used = problem(RECTIFIED, 3);
    StreamProblem large = problem(RECTIFIED, 40);
    used.program.descend(large.weights, large.batch, StreamStep.of(0.1f));

    fresh.program.descend(fresh.weights, fresh.batch, StreamStep.of(0.1f));
    used.program.descend(used.weights, used.batch, StreamStep.of(0.1f));

    assertThat(used.stored(used.weights)).isEqualTo(fresh.stored(fresh.weights));
  }

  @Test
  void itIsAmongTheCapabilitiesOfItsEngine() {
    assertThat(engine().capabilities().offers(Feature.STREAMS)).isTrue();
  }

  @Test
  void aClosedProgramComputesNothing() {
    StreamProblem problem = problem(SHALLOW, 1);
    problem.program.close();
    problem.program.close();
    assertThatThrownBy(() -> problem.program.predict(problem.weights, problem.batch, new float[4]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void wrongShapesAreNamed() {
    StreamProblem problem = problem(RECTIFIED, 3);
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
}
