package io.engram.benchmarks.device;

import io.engram.core.compute.MetaGradient;
import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.OuterOptimizer.Adam;
import io.engram.core.meta.Schedule;
import io.engram.core.task.Episode;
import java.util.List;

/** The two ways in which a meta-update is timed. The only place to change where an engine wants to be told what comes. */
final class Updates {

  private Updates() {}

  /** The meta-gradient of the same meta-batch again and again: what an engine keeps of it, it may use. */
  static Runnable prepared(
      MetaProgram program, DeviceCase workload, List<Episode> batch, MetaRule rule) {
    float[] theta = workload.theta();
    MetaGradient gradient = MetaGradient.of(theta.length);
    var loop = workload.loop();
    return () -> program.metaGradient(theta, batch, loop, rule, gradient);
  }

  /** A whole outer step of a learner: a meta-batch not seen just before, its meta-gradient, and Adam on θ. */
  static Runnable wholePath(
      MetaProgram program, DeviceCase workload, List<List<Episode>> batches, MetaRule rule) {
    OuterOptimizer outer = Adam.standard(new Schedule.Constant(1e-4));
    MetaSettings settings =
        new MetaSettings(rule, workload.loop(), InnerSteps.FIXED, outer, outer, 0);
    MetaTrainer trainer = new MetaTrainer(program, settings);
    MetaState state = MetaState.initial(workload.theta(), program.layout(), settings);
    int[] next = {0};
    return () -> trainer.step(state, batches.get(next[0]++ % batches.size()));
  }
}
