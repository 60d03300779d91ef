package io.engram.engine;

import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, loss and score of query sets, with all queries' statistics or with one query's. */
interface EvaluationContract extends EngineContract {

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void queryExamplesAreScoredTogether(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    Episode episode = Problems.episodes(network, 1, 3, 6).get(0);
    float[] phi = Problems.theta(network, SEED);
    Evaluation found =
        evaluate(network, new float[][] {phi}, List.of(episode), NormalizationMode.TRANSDUCTIVE)
            .get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    double[][] expected = reference.network().outputs(widen(phi), episode.query());
    assertOutputs(found, expected);
    assertThat(found.loss())
        .isCloseTo(reference.network().loss(widen(phi), episode.query()), within(1e-5));
    assertThat(found.score()).isCloseTo(score(episode.query(), expected), within(1e-5));
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void queryExamplesAreScoredOneByOneWithTheSupportSet(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    Episode episode = Problems.episodes(network, 1, 3, 20).get(0);
    float[] phi = Problems.theta(network, SEED);
    Evaluation found =
        evaluate(network, new float[][] {phi}, List.of(episode), NormalizationMode.NON_TRANSDUCTIVE)
            .get(0);
    ReferenceLearner reference = new ReferenceLearner(network);
    double[][] expected = new double[20][];
    for (int i = 0; i < 20; i++) {
      double[][] all =
          reference.network().outputs(widen(phi), append(episode.support(), episode.query(), i));
      expected[i] = all[all.length - 1];
    }
    assertOutputs(found, expected);
    assertThat(found.score()).isCloseTo(score(episode.query(), expected), within(1e-5));
  }

  private static void assertOutputs(Evaluation found, double[][] expected) {
    assertThat(found.examples()).isEqualTo(expected.length);
    assertThat(found.width()).isEqualTo(expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < found.width(); j++) {
        assertThat((double) found.outputs()[i * found.width() + j])
            .isCloseTo(expected[i][j], within(1e-4));
      }
    }
  }

  private static double score(ExampleSet set, double[][] outputs) {
    double score = 0;
    for (int i = 0; i < outputs.length; i++) {
      if (set.targets() instanceof Targets.Classes labels) {
        int best = 0;
        for (int j = 1; j < labels.ways(); j++) {
          best = outputs[i][j] > outputs[i][best] ? j : best;
        }
        score += best == labels.classes()[i] ? 1.0 / outputs.length : 0;
      } else if (set.targets() instanceof Targets.Values values) {
        for (int j = 0; j < outputs[i].length; j++) {
          double error = outputs[i][j] - values.values()[i * outputs[i].length + j];
          score += error * error / (outputs.length * outputs[i].length);
        }
      }
    }
    return score;
  }

  private static ExampleSet append(ExampleSet support, ExampleSet query, int example) {
    int width = support.inputSize();
    float[] inputs = Arrays.copyOf(support.inputs(), (support.size() + 1) * width);
    System.arraycopy(query.inputs(), example * width, inputs, support.size() * width, width);
    Targets targets =
        support.targets() instanceof Targets.Classes labels
            ? new Targets.Classes(labels.ways(), new int[support.size() + 1])
            : new Targets.Values(
                ((Targets.Values) support.targets()).width(),
                new float[(support.size() + 1) * ((Targets.Values) support.targets()).width()]);
    return new ExampleSet(width, inputs, targets);
  }
}
