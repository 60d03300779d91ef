package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.InnerOptimizer.ClosedForm;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.ClosedFormContract;
import io.engram.engine.ComputeEngineContract;
import io.engram.engine.reference.Problems;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusedEngineTest extends ComputeEngineContract {

  @Override
  public ComputeEngine engine() {
    return new FusedEngine(2);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    NetworkSpec network = NetworkSpec.parse(Problems.POOLED);
    float[] theta = Problems.theta(network, 1);
    List<Episode> episodes = Problems.episodes(network, 7, 4, 3);
    for (MetaObjective objective : objectives(3)) {
      float[] alone = gradient(1, network, theta, episodes, objective);
      assertThat(gradient(2, network, theta, episodes, objective)).isEqualTo(alone);
      assertThat(gradient(5, network, theta, episodes, objective)).isEqualTo(alone);
    }
  }

  private static float[] gradient(
      int threads,
      NetworkSpec network,
      float[] theta,
      List<Episode> episodes,
      MetaObjective objective) {
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (MetaProgram program = new FusedEngine(threads).compile(network)) {
      program.metaGradient(theta, episodes, objective, gradient);
    }
    return gradient.parameters();
  }

  /** Every rule with gradient steps, and exact through every head in closed form. */
  private static List<MetaObjective> objectives(int steps) {
    List<MetaObjective> objectives = new ArrayList<>();
    for (MetaRule rule : MetaRule.values()) {
      objectives.add(MetaObjective.of(InnerLoop.sgd(steps, 0.1f), rule));
    }
    for (HeadFit fit : ClosedFormContract.FITS) {
      objectives.add(MetaObjective.of(InnerLoop.closedForm(fit), MetaRule.SECOND_ORDER));
    }
    return objectives;
  }

  @Test
  void passesThatDoNotFitAreComputedAgainToTheSameBits() {
    for (String text : List.of(Problems.POOLED, Problems.NORMALISED_VECTOR)) {
      NetworkSpec network = NetworkSpec.parse(text);
      for (Batching batching : List.of(new Batching.Full(), new Batching.Mini(3))) {
        InnerLoop loop =
            new InnerLoop(
                4, new InnerOptimizer.Sgd(new StepSizes.Uniform(0.1f)), batching, Scope.ALL);
        MetaGradient kept = secondOrder(new FusedEngine(1), network, loop);
        MetaGradient again = secondOrder(new FusedEngine(1, 0), network, loop);
        assertThat(again.parameters()).isEqualTo(kept.parameters());
        assertThat(again.stepSizes()).isEqualTo(kept.stepSizes());
      }
    }
  }

  private static MetaGradient secondOrder(FusedEngine engine, NetworkSpec network, InnerLoop loop) {
    MetaGradient gradient = MetaGradient.withStepSizes(network.layout().length(), 1);
    try (MetaProgram program = engine.compile(network)) {
      program.metaGradient(
          Problems.theta(network, 1),
          Problems.episodes(network, 3, 5, 4),
          MetaObjective.of(loop, MetaRule.SECOND_ORDER),
          gradient);
    }
    return gradient;
  }

  /** One thread, so that everything is counted; small change is what HotSpot's profiling itself may leave. */
  @Test
  void theSteadyStateAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String text : List.of(Problems.MLP, Problems.POOLED, Problems.LAYER_NORMALISED)) {
      NetworkSpec network = NetworkSpec.parse(text);
      float[] theta = Problems.theta(network, 1);
      List<Episode> episodes = Problems.episodes(network, 4, 5, 3);
      MetaGradient gradient = MetaGradient.of(theta.length);
      try (MetaProgram program = new FusedEngine(1).compile(network)) {
        for (MetaObjective objective : objectives(5)) {
          if (refused(objective, network)) {
            continue;
          }
          for (int i = 0; i < 50; i++) {
            program.metaGradient(theta, episodes, objective, gradient);
          }
          long before = threads.getCurrentThreadAllocatedBytes();
          for (int i = 0; i < 50; i++) {
            program.metaGradient(theta, episodes, objective, gradient);
          }
          long perTaskStep = (threads.getCurrentThreadAllocatedBytes() - before) / (50 * 4 * 5);
          assertThat(perTaskStep).as("%s with %s, bytes per task-step", text, objective).isZero();
        }
      }
    }
  }

  /** Prototypes of numbers. */
  private static boolean refused(MetaObjective objective, NetworkSpec network) {
    return objective.loop().optimizer() instanceof ClosedForm closed
        && !(closed.fit() instanceof HeadFit.Ridge)
        && network.head() == Head.MEAN_SQUARED_ERROR;
  }

  @Test
  void biasesBeforeBatchNormAreLeftAloneByAdam() {
    NetworkSpec network = NetworkSpec.parse(Problems.CONVOLUTIONAL);
    float[] theta = Problems.theta(network, 1);
    InnerLoop adam =
        new InnerLoop(
            5,
            new InnerOptimizer.Adam(0.1f, 0f, 0.999f, 1e-8f, null),
            new Batching.Full(),
            Scope.ALL);
    float[] adapted = adapt(network, theta, Problems.episodes(network, 1, 4, 1), adam)[0];
    for (int i = 0; i < 3; i++) {
      assertThat(adapted[i]).isEqualTo(theta[i]);
    }
  }
}
