package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.ClosedFormContract;
import io.engram.engine.reference.Problems;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A support set is a set, and the numbers of its classes are names: another order of either gives the same answers. */
class ClosedFormSymmetryTest {

  private static final int WAYS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theOrderOfExamplesDoesNotMatter(long seed) {
    for (HeadFit fit : ClosedFormContract.FITS) {
      Episode episode = Problems.episode(network(), 8, 5, WAYS, seed);
      int[] order = shuffled(8, seed);
      ExampleSet support = episode.support();
      int inputs = support.inputSize();
      float[] moved = new float[support.inputs().length];
      int[] classes = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        System.arraycopy(support.inputs(), order[i] * inputs, moved, i * inputs, inputs);
        classes[i] = classes(support)[order[i]];
      }
      ExampleSet other = new ExampleSet(inputs, moved, new Targets.Classes(WAYS, classes));
      float[] found = outputs(fit, new Episode(other, episode.query(), seed));
      float[] expected = outputs(fit, episode);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).as("%s", fit).isCloseTo(expected[i], offset(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void renamedClassesAreRenamedInTheAnswer(long seed) {
    for (HeadFit fit : ClosedFormContract.FITS) {
      Episode episode = Problems.episode(network(), 8, 5, WAYS, seed);
      int[] names = shuffled(WAYS, seed);
      int[] classes = classes(episode.support()).clone();
      for (int i = 0; i < classes.length; i++) {
        classes[i] = names[classes[i]];
      }
      ExampleSet support = episode.support();
      ExampleSet other =
          new ExampleSet(support.inputSize(), support.inputs(), new Targets.Classes(WAYS, classes));
      float[] found = outputs(fit, new Episode(other, episode.query(), seed));
      float[] expected = outputs(fit, episode);
      for (int i = 0; i < expected.length; i++) {
        int renamed = i / WAYS * WAYS + names[i % WAYS];
        assertThat(found[renamed]).as("%s", fit).isCloseTo(expected[i], offset(1e-4f));
      }
    }
  }

  private static NetworkSpec network() {
    return NetworkSpec.parse(Problems.MLP);
  }

  private static int[] classes(ExampleSet set) {
    return ((Targets.Classes) set.targets()).classes();
  }

  /** [queries, ways] */
  private static float[] outputs(HeadFit fit, Episode episode) {
    float[] theta = Problems.theta(network(), 7);
    float[][] phi = new float[1][theta.length];
    Evaluation evaluation = new Evaluation();
    try (MetaProgram program = new FusedEngine(1).compile(network())) {
      program.adapt(theta, List.of(episode), InnerLoop.closedForm(fit), phi);
      program.evaluate(phi, List.of(episode), NormalizationMode.TRANSDUCTIVE, List.of(evaluation));
    }
    return evaluation.outputs();
  }

  private static int[] shuffled(int count, long seed) {
    RandomStream random = new RandomStream(seed);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
