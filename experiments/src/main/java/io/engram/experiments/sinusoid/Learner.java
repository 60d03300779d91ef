package io.engram.experiments.sinusoid;

import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.OuterOptimizer.Adam;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkPresets;
import java.util.Locale;

/**
 * Who is compared. MAML is trained as in its paper (section 5.1): 70,000 steps, 10 points, one inner step of 0.01, Adam 1e-3 outside, 25 waves a step.
 * First order differs in nothing but the rule. MAML is also trained through five inner steps. Reptile has no query points and sees 50
 * points of a wave in batches of 10, inner steps of 0.02, and a meta-step that falls from 1 to 0 (as in its authors' demonstration and
 * schedule).
 */
enum Learner {
  MAML(MetaRule.SECOND_ORDER, 1, 0.01f, 10, 25, 70_000),
  FIRST_ORDER(MetaRule.FIRST_ORDER, 1, 0.01f, 10, 25, 70_000),
  MAML_5(MetaRule.SECOND_ORDER, 5, 0.01f, 10, 25, 70_000),
  REPTILE(MetaRule.REPTILE, 5, 0.02f, 50, 5, 70_000);

  /** Points in a mini-batch of Reptile, and query points of the others. */
  private static final int POINTS = 10;

  private final MetaRule rule;
  private final int innerSteps;
  private final float innerStepSize;
  final int shots;
  private final int metaBatch;
  private final long steps;

  Learner(
      MetaRule rule, int innerSteps, float innerStepSize, int shots, int metaBatch, long steps) {
    this.rule = rule;
    this.innerSteps = innerSteps;
    this.innerStepSize = innerStepSize;
    this.shots = shots;
    this.metaBatch = metaBatch;
    this.steps = steps;
  }

  /** For tables and file names. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int queries() {
    return rule == MetaRule.REPTILE ? 0 : POINTS;
  }

  /**
   * The plan.
   *
   * @param part of the outer steps to take, above 0 and at most 1
   */
  TrainingPlan plan(double part, long seed) {
    long taken = Math.max(1, Math.round(part * steps));
    MetaSettings meta =
        new MetaSettings(rule, trained(), InnerSteps.FIXED, outer(taken), outer(taken), 0);
    return new TrainingPlan(
        "sinusoid-" + label(),
        "waves of amplitude 0.1 to 5 and phase 0 to pi, %d support and %d query points in [-5, 5]"
            .formatted(shots, queries()),
        NetworkPresets.sinusoid(),
        false,
        meta,
        false,
        new TrainingPlan.Length(metaBatch, taken),
        seed);
  }

  /** How a new wave is adapted to: on all its points at once. */
  InnerLoop judged(int steps) {
    return new InnerLoop(steps, descent(), new Batching.Full(), Scope.ALL);
  }

  private InnerLoop trained() {
    Batching batching = rule == MetaRule.REPTILE ? new Batching.Mini(POINTS) : new Batching.Full();
    return new InnerLoop(innerSteps, descent(), batching, Scope.ALL);
  }

  private Sgd descent() {
    return new Sgd(new StepSizes.Uniform(innerStepSize));
  }

  private OuterOptimizer outer(long taken) {
    return rule == MetaRule.REPTILE
        ? new OuterOptimizer.Sgd(new Schedule.Linear(1, 0, taken))
        : Adam.standard(new Schedule.Constant(0.001));
  }
}
