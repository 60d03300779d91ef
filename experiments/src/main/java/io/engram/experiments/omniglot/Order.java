package io.engram.experiments.omniglot;

import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.OuterOptimizer.Adam;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.Shape;
import java.util.Locale;

/**
 * Learners of 5-way 1-shot Omniglot, with the same tasks, network and number of outer steps: MAML and its first-order forms, and heads in
 * closed form. MAML takes the paper's one inner step of 0.4 (Finn et al. 2017, section 5.2); first order is shown with that loop and, since it
 * needs more and smaller steps, with three of 0.1, the best we found for it. Prototypes (Snell et al. 2017) and ridge (R2-D2, Bertinetto et
 * al. 2019) are trained with as many classes as they are judged with, not with more as their authors did.
 */
enum Order {
  MAML(MetaRule.SECOND_ORDER, 1e-3),
  FIRST_ORDER(MetaRule.FIRST_ORDER, 1e-3),
  FIRST_ORDER_SAME_LOOP(MetaRule.FIRST_ORDER, 1e-3),
  PROTO(MetaRule.SECOND_ORDER, 2e-3),
  R2D2(MetaRule.SECOND_ORDER, 2e-3);

  static final int WAYS = 5;
  static final int SHOTS = 1;
  static final int TRAIN_QUERIES = 3;
  private static final int META_BATCH = 8;
  private static final int FILTERS = 64;

  private final MetaRule rule;
  private final double outerStep;

  Order(MetaRule rule, double outerStep) {
    this.rule = rule;
    this.outerStep = outerStep;
  }

  /** For tables and file names. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The inner loop, in training and on new tasks. */
  InnerLoop loop() {
    return switch (this) {
      case MAML, FIRST_ORDER_SAME_LOOP -> InnerLoop.sgd(1, 0.4f);
      case FIRST_ORDER -> InnerLoop.sgd(3, 0.1f);
      case PROTO -> InnerLoop.closedForm(new HeadFit.Prototypes());
      case R2D2 -> InnerLoop.closedForm(new HeadFit.Ridge(1f, 10f));
    };
  }

  TrainingPlan plan(long steps, long seed) {
    OuterOptimizer outer = Adam.standard(new Schedule.Cosine(outerStep, 1e-5, steps));
    return new TrainingPlan(
        "omniglot-" + label(),
        "%d-way %d-shot, %d query drawings a class, 1,200 characters and their rotations, 28x28 by area, paper 1, ink 0"
            .formatted(WAYS, SHOTS, TRAIN_QUERIES),
        NetworkPresets.conv4(new Shape.Image(1, 28, 28), FILTERS, WAYS),
        true,
        new MetaSettings(rule, loop(), InnerSteps.FIXED, outer, outer, 0),
        false,
        new TrainingPlan.Length(META_BATCH, steps),
        seed);
  }
}
