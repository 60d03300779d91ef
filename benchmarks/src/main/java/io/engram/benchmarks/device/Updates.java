package io.engram.benchmarks.device;

import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.OuterOptimizer.Adam;
import io.engram.core.meta.ResidentTrainer;
import io.engram.core.meta.Schedule;
import io.engram.core.meta.TrainsInPlace;
import io.engram.core.task.Episode;
import java.util.List;

/** Meta-updates to be timed. A program that can train in place does; there a round is many steps started behind each other. */
interface Updates extends AutoCloseable {

  /** Meta-updates of a round. */
  int TOGETHER = 10;

  /** A round. */
  void run();

  /** How many meta-updates a round is. */
  int count();

  @Override
  void close();

  /** The same meta-batch again and again: what an engine keeps of it, it may use. */
  static Updates prepared(
      MetaProgram program, DeviceCase workload, List<Episode> batch, MetaRule rule) {
    if (program instanceof TrainsInPlace inPlace) {
      ResidentTrainer trainer = trainer(program, inPlace, workload, batch, rule);
      trainer.step(batch);
      return resident(trainer, trainer::repeat);
    }
    float[] theta = workload.theta();
    MetaGradient gradient = MetaGradient.of(theta.length);
    MetaObjective objective = MetaObjective.of(workload.loop(), rule);
    return onHost(() -> program.metaGradient(theta, batch, objective, gradient));
  }

  /** A whole outer step of a learner: a meta-batch not seen just before, its meta-gradient, and Adam on θ. */
  static Updates wholePath(
      MetaProgram program, DeviceCase workload, List<List<Episode>> batches, MetaRule rule) {
    int[] next = {0};
    if (program instanceof TrainsInPlace inPlace) {
      ResidentTrainer trainer = trainer(program, inPlace, workload, batches.get(0), rule);
      return resident(trainer, () -> trainer.step(batches.get(next[0]++ % batches.size())));
    }
    MetaSettings settings = settings(workload, rule);
    MetaTrainer trainer = new MetaTrainer(program, settings);
    MetaState state = MetaState.initial(workload.theta(), program.layout(), settings);
    return onHost(() -> trainer.step(state, batches.get(next[0]++ % batches.size())));
  }

  private static MetaSettings settings(DeviceCase workload, MetaRule rule) {
    OuterOptimizer outer = Adam.standard(new Schedule.Constant(1e-4));
    return new MetaSettings(rule, workload.loop(), InnerSteps.FIXED, outer, outer, 0);
  }

  private static ResidentTrainer trainer(
      MetaProgram program,
      TrainsInPlace inPlace,
      DeviceCase workload,
      List<Episode> like,
      MetaRule rule) {
    MetaSettings settings = settings(workload, rule);
    MetaState state = MetaState.initial(workload.theta(), program.layout(), settings);
    return inPlace.trainer(settings, state, like);
  }

  private static Updates onHost(Runnable update) {
    return new Updates() {
      @Override
      public void run() {
        update.run();
      }

      @Override
      public int count() {
        return 1;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private static Updates resident(ResidentTrainer trainer, Runnable update) {
    return new Updates() {
      @Override
      public void run() {
        for (int i = 0; i < TOGETHER; i++) {
          update.run();
        }
        trainer.await();
      }

      @Override
      public int count() {
        return TOGETHER;
      }

      @Override
      public void close() {
        trainer.close();
      }
    };
  }
}
