package io.engram.engine;

import static io.engram.engine.reference.FiniteDifferences.directionalError;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads fitted in closed form and the gradient through the fit; refused where an engine cannot. */
public interface ClosedFormContract extends EngineContract {

  /** One of each rule. */
  List<HeadFit> FITS =
      List.of(
          new HeadFit.Prototypes(), new HeadFit.CosinePrototypes(3f), new HeadFit.Ridge(0.5f, 3f));

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void headsAreFittedAsByTheReference(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    ReferenceLearner reference = new ReferenceLearner(network);
    for (HeadFit fit : fitsOf(network)) {
      for (Episode episode : episodes(network)) {
        InnerLoop loop = InnerLoop.closedForm(fit);
        float[] found = adapt(network, theta, List.of(episode), loop)[0];
        assertThat(relativeError(found, reference.adapt(widen(theta), episode, loop)))
            .as("%s", fit)
            .isLessThan(GRADIENT_TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS)
  default void gradientsThroughTheFitAgreeWithFiniteDifferences(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    ReferenceLearner reference = new ReferenceLearner(network);
    for (HeadFit fit : fitsOf(network)) {
      InnerLoop loop = InnerLoop.closedForm(fit);
      Assumptions.assumeTrue(network.layers().size() > 1 || hasScale(fit, network));
      for (Episode episode : episodes(network)) {
        MetaGradient found =
            metaGradient(network, theta, List.of(episode), loop, MetaRule.SECOND_ORDER);
        assertThat(
                directionalError(
                    found.parameters(), x -> reference.metaLoss(x, episode, loop), widen(theta)))
            .as("%s, loss %s, episode %s", fit, found.queryLoss(0), episode.seed())
            .isLessThan(SECOND_ORDER_TOLERANCE);
        assertThat((double) found.queryLoss(0))
            .isCloseTo(reference.metaLoss(widen(theta), episode, loop), offset(1e-3));
      }
    }
  }

  @Test
  default void headsAreRefusedWhereTheyAreNotOffered() {
    NetworkSpec network = NetworkSpec.parse(Problems.MLP);
    float[] theta = Problems.theta(network, SEED);
    List<Episode> episodes = Problems.episodes(network, 1, 3, 3);
    try (MetaProgram program = compile(network)) {
      for (HeadFit fit : FITS) {
        InnerLoop loop = InnerLoop.closedForm(fit);
        if (!program.capabilities().offers(Feature.CLOSED_FORM_HEADS)) {
          assertThatThrownBy(() -> program.adapt(theta, episodes, loop, new float[1][theta.length]))
              .isInstanceOf(UnsupportedNetworkException.class)
              .hasMessageContaining("closed form");
        }
        for (MetaRule rule : MetaRule.values()) {
          if (!program.capabilities().runs(loop, rule)) {
            assertThatThrownBy(
                    () ->
                        program.metaGradient(
                            theta,
                            episodes,
                            MetaObjective.of(loop, rule),
                            MetaGradient.of(theta.length)))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("closed form");
          }
        }
      }
    }
  }

  @Test
  default void networksThatDoNotEndInADenseLayerAreRefused() {
    refuses(Problems.ODD, new HeadFit.Ridge(1f, 1f), "dense layer at the end");
  }

  @Test
  default void prototypesOfNumbersAreRefused() {
    refuses(Problems.REGRESSION, new HeadFit.Prototypes(), "prototypes are of classes");
  }

  private void refuses(String text, HeadFit fit, String message) {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] theta = Problems.theta(network, SEED);
    try (MetaProgram program = compile(network)) {
      Assumptions.assumeTrue(program.capabilities().offers(Feature.CLOSED_FORM_HEADS));
      assertThatThrownBy(
              () ->
                  program.adapt(
                      theta,
                      Problems.episodes(network, 1, 3, 3),
                      InnerLoop.closedForm(fit),
                      new float[1][theta.length]))
          .isInstanceOf(UnsupportedNetworkException.class)
          .hasMessageContaining(message);
    }
  }

  /** Those that this engine fits to this network; skips where there are none. */
  private List<HeadFit> fitsOf(NetworkSpec network) {
    Assumptions.assumeTrue(engine().capabilities().offers(Feature.CLOSED_FORM_HEADS));
    Assumptions.assumeTrue(
        network.layers().get(network.layers().size() - 1) instanceof Layer.Dense);
    return network.head() == Head.SOFTMAX_CROSS_ENTROPY ? FITS : List.of(FITS.get(2));
  }

  /** Whether anything of θ moves what it predicts where no layer comes before the last. */
  private static boolean hasScale(HeadFit fit, NetworkSpec network) {
    return !(fit instanceof HeadFit.Prototypes) && network.head() == Head.SOFTMAX_CROSS_ENTROPY;
  }

  /** Classes of several examples; fewer classes than outputs; a class that only the query set has. */
  private static List<Episode> episodes(NetworkSpec network) {
    Episode all = Problems.episode(network, 7, 4, network.outputs(), 11);
    if (network.head() != Head.SOFTMAX_CROSS_ENTROPY) {
      return List.of(all);
    }
    Episode few = Problems.episode(network, 4, 3, 2, 12);
    ExampleSet support = all.support();
    int[] classes = new int[support.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = 1 + i % (network.outputs() - 1);
    }
    Targets without = new Targets.Classes(network.outputs(), classes);
    Episode missing =
        new Episode(
            new ExampleSet(support.inputSize(), support.inputs(), without), all.query(), 13);
    return List.of(all, few, missing);
  }
}
