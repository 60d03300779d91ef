package io.engram.benchmarks.device;

import io.engram.benchmarks.learning.MetaRun;
import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.OuterOptimizer.Adam;
import io.engram.core.meta.Schedule;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A short training on noise, to be repeated to the bit.
 *
 * @param workload what is trained
 * @param rule of its meta-updates
 * @param tasks in a meta-batch
 * @param steps meta-updates
 */
record Training(DeviceCase workload, MetaRule rule, int tasks, long steps) {

  /** The fingerprint of a whole run without interruption. */
  String run(ComputeEngine engine) {
    return run(engine, null, 1);
  }

  /**
   * Goes on from the checkpoint where there is one.
   *
   * @param checkpoint where to keep how far it came, or null to keep nothing
   * @param every meta-updates between two checkpoints
   */
  String run(ComputeEngine engine, @Nullable Path checkpoint, int every) {
    NoiseTasks noise = new NoiseTasks(workload, tasks);
    try (MetaProgram program = engine.compile(workload.spec())) {
      MetaRun run = new MetaRun(plan(), program, noise::batch, checkpoint, every, line -> {});
      return Fingerprint.of(run.train().state());
    }
  }

  private TrainingPlan plan() {
    OuterOptimizer outer = Adam.standard(new Schedule.Constant(1e-3));
    return new TrainingPlan(
        workload.label(tasks, rule),
        "noise",
        workload.spec(),
        false,
        new MetaSettings(rule, workload.loop(), InnerSteps.FIXED, outer, outer, 0),
        false,
        new TrainingPlan.Length(tasks, steps),
        0);
  }
}
