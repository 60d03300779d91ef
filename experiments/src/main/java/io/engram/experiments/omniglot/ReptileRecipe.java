package io.engram.experiments.omniglot;

import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.Moments;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkSpec;
import org.jspecify.annotations.Nullable;

/**
 * Reptile on 5-way Omniglot as its authors published it ({@code supervised_reptile}, README: the commands of checkpoints o15, o15t and
 * o55 train alike and differ only in how they are judged).
 */
final class ReptileRecipe {

  static final int WAYS = 5;
  static final int TRAIN_SHOTS = 10;
  static final long PUBLISHED_STEPS = 100_000;

  private static final int META_BATCH = 5;
  private static final int TRAIN_STEPS = 5;
  private static final int TRAIN_BATCH = 10;
  private static final int JUDGED_STEPS = 50;
  private static final int JUDGED_BATCH = 5;

  /** Batch-norm's ε is TensorFlow's default. */
  private static final NetworkSpec NETWORK =
      NetworkSpec.parse(
          "input(1,28,28) "
              + "conv(64,3,stride=2,same) batchnorm(0.001) relu ".repeat(4)
              + "flatten dense(5) softmax");

  private ReptileRecipe() {}

  static TrainingPlan plan(long steps, long seed) {
    MetaSettings meta =
        new MetaSettings(
            MetaRule.REPTILE,
            loop(TRAIN_STEPS, TRAIN_BATCH, null),
            InnerSteps.FIXED,
            new OuterOptimizer.Sgd(new Schedule.Linear(1, 0, steps)),
            new OuterOptimizer.Sgd(new Schedule.Constant(0)),
            0);
    return new TrainingPlan(
        "omniglot-reptile",
        "%d-way, %d drawings a class, 1,200 characters and their rotations, nearest-neighbour 28x28, paper 1, ink 0"
            .formatted(WAYS, TRAIN_SHOTS),
        NETWORK,
        false,
        meta,
        true,
        new TrainingPlan.Length(META_BATCH, steps),
        seed);
  }

  /** How a new task is adapted to: more steps on smaller batches, going on from the moments that training ended with. */
  static InnerLoop judged(Moments carried) {
    return loop(
        JUDGED_STEPS,
        JUDGED_BATCH,
        new AdamMoments(carried.first(), carried.second(), carried.steps()));
  }

  private static InnerLoop loop(int steps, int batch, @Nullable AdamMoments start) {
    return new InnerLoop(
        steps, new Adam(0.001f, 0f, 0.999f, 1e-8f, start), new Batching.Mini(batch), Scope.ALL);
  }
}
