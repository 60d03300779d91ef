package io.engram.benchmarks.device;

import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.OuterOptimizer.Adam;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.Shape;

/**
 * MAML on 5-way 1-shot Omniglot as its authors trained it (Finn et al. 2017, section 5.2 and their published code): one inner step of 0.4,
 * three on new tasks; 32 tasks to a meta-batch; one query drawing a class, in training and on new tasks; Adam 1e-3; 60,000 outer steps.
 */
final class MamlRecipe {

  static final int WAYS = 5;
  static final int SHOTS = 1;
  static final int QUERIES = 1;
  static final int ROTATIONS = 4;

  private static final int META_BATCH = 32;
  private static final int FILTERS = 64;
  private static final float INNER_STEP = 0.4f;
  private static final int TEST_STEPS = 3;

  private MamlRecipe() {}

  static TrainingPlan plan(long steps, boolean cosine, long seed) {
    Schedule schedule =
        cosine ? new Schedule.Cosine(1e-3, 1e-5, steps) : new Schedule.Constant(1e-3);
    OuterOptimizer outer = Adam.standard(schedule);
    return new TrainingPlan(
        "maml-recipe",
        "%d-way %d-shot, %d query drawing a class, Vinyals' split, rotations are classes of their own, 28x28 by area, ink 1, paper 0"
            .formatted(WAYS, SHOTS, QUERIES),
        NetworkPresets.conv4(new Shape.Image(1, 28, 28), FILTERS, WAYS),
        true,
        new MetaSettings(
            MetaRule.SECOND_ORDER, InnerLoop.sgd(1, INNER_STEP), InnerSteps.FIXED, outer, outer, 0),
        false,
        new TrainingPlan.Length(META_BATCH, steps),
        seed);
  }

  /** How a new task is adapted to. */
  static InnerLoop judged() {
    return InnerLoop.sgd(TEST_STEPS, INNER_STEP);
  }
}
