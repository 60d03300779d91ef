package io.engram.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The verbs in which the parts of {@link ComputeEngineContract} are written. */
interface EngineContract {

  /** Relative error of one gradient in float32, see {@link ComputeEngineContract}. */
  double GRADIENT_TOLERANCE = 2e-5;

  /** Second order multiplies Hessians in float32. */
  double SECOND_ORDER_TOLERANCE = 1e-4;

  long SEED = 7;

  /** Source of the networks that every engine is tried on. */
  String NETWORKS = "io.engram.engine.reference.Problems#networks";

  /** The engine under test. */
  ComputeEngine engine();

  /** Whether max(0, NaN) is NaN. */
  default boolean rectifiersKeepNaN() {
    return true;
  }

  /** Compiles, or skips aloud what this engine does not run. */
  default MetaProgram compile(NetworkSpec network) {
    try {
      return engine().compile(network);
    } catch (UnsupportedNetworkException e) {
      return Assumptions.abort(engine().name() + " does not run this network: " + e.getMessage());
    }
  }

  default float[][] adapt(
      NetworkSpec network, float[] theta, List<Episode> episodes, InnerLoop loop) {
    float[][] adapted = new float[episodes.size()][theta.length];
    try (MetaProgram program = compile(network)) {
      program.adapt(theta, episodes, loop, adapted);
    }
    return adapted;
  }

  default MetaGradient metaGradient(
      NetworkSpec network, float[] theta, List<Episode> episodes, InnerLoop loop, MetaRule rule) {
    try (MetaProgram program = compile(network)) {
      return run(program, theta, episodes, loop, rule);
    }
  }

  default MetaGradient run(
      MetaProgram program, float[] theta, List<Episode> episodes, InnerLoop loop, MetaRule rule) {
    MetaGradient gradient = MetaGradient.of(program.layout().length());
    program.metaGradient(theta, episodes, MetaObjective.of(loop, rule), gradient);
    return gradient;
  }

  default List<Evaluation> evaluate(
      NetworkSpec network, float[][] adapted, List<Episode> episodes, NormalizationMode mode) {
    List<Evaluation> results = new ArrayList<>();
    episodes.forEach(episode -> results.add(new Evaluation()));
    try (MetaProgram program = compile(network)) {
      program.evaluate(adapted, episodes, mode, results);
    }
    return results;
  }

  default void assumeSupported(NetworkSpec network, InnerLoop loop, MetaRule rule) {
    try (MetaProgram program = compile(network)) {
      Assumptions.assumeTrue(
          program.capabilities().runs(loop, rule), engine().name() + " does not offer " + rule);
    }
  }

  default InnerLoop with(StepSizes sizes, Scope scope) {
    return new InnerLoop(3, new InnerOptimizer.Sgd(sizes), new Batching.Full(), scope);
  }

  default float[] stepSizes(MetaGradient gradient) {
    float[] sizes = gradient.stepSizes();
    assertThat(sizes).isNotNull();
    return sizes == null ? new float[0] : sizes;
  }
}
