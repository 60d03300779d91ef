package io.engram.benchmarks.device;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.random.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A training that is killed at random moments and started again each time ends with the bits of one that nobody touched. */
final class CrashStep implements Step {

  private static final int KILLS = 3;
  private static final int TRIAL_STEPS = 5;
  private static final int CHECKPOINTS = 20;
  private static final double TRAINING_SECONDS = 4;
  private static final double QUICK_SECONDS = 1;
  private static final int CHILD_SECONDS = 60;
  private static final long SEED = 14;
  private static final long LOOK_NANOS = 2_000_000L;
  private static final double NANOS = 1e9;

  @Override
  public void run(StepContext context) {
    for (DeviceCase workload : DeviceCase.ALL) {
      if (context.budget().left() < 3 * TRAINING_SECONDS) {
        context
            .cases()
            .add(Remark.missing(workload.name(), "killed and restarted", "no time was left"));
        continue;
      }
      try {
        check(context, workload);
      } catch (RuntimeException | LinkageError e) {
        context.cases().add(Remark.missing(workload.name(), "killed and restarted", e.toString()));
      }
    }
  }

  private static void check(StepContext context, DeviceCase workload) {
    int tasks = context.quick() ? 4 : 16;
    double seconds = context.quick() ? QUICK_SECONDS : TRAINING_SECONDS;
    Training training = ofAbout(seconds, context.open(), workload, tasks);
    int every = (int) Math.max(1, training.steps() / CHECKPOINTS);
    String untouched =
        ChildProcess.train(context, training, null, every).fingerprint(CHILD_SECONDS);

    Path checkpoint = context.places().work().resolve("crash-" + workload.name() + ".checkpoint");
    RandomStream random = new RandomStream(SEED);
    int kills = 0;
    ChildProcess child = ChildProcess.train(context, training, checkpoint, every);
    for (int i = 0; i < KILLS; i++) {
      awaitCheckpoint(child, checkpoint);
      LockSupport.parkNanos((long) (random.nextDouble() * seconds / KILLS * NANOS));
      if (!child.alive()) {
        break; // It was through already; ended is ended.
      }
      child.kill();
      kills++;
      child = ChildProcess.train(context, training, checkpoint, every);
    }
    String killed = child.fingerprint(CHILD_SECONDS);
    String detail = "%d meta-updates, killed %d times".formatted(training.steps(), kills);
    context
        .cases()
        .add(
            Remark.held(
                workload.label(tasks, training.rule()),
                "same bits when killed",
                killed.equals(untouched) && kills > 0,
                detail));
    context.say().accept(workload.name() + ": " + detail + ", same: " + killed.equals(untouched));
  }

  /** A training that takes about so long. */
  private static Training ofAbout(
      double seconds, ComputeEngine engine, DeviceCase workload, int tasks) {
    Training trial = new Training(workload, MetaRule.SECOND_ORDER, tasks, TRIAL_STEPS);
    trial.run(engine);
    long start = System.nanoTime();
    trial.run(engine);
    double perStep = (System.nanoTime() - start) / NANOS / TRIAL_STEPS;
    long steps = (long) Math.min(20_000, Math.max(CHECKPOINTS, seconds / perStep));
    return new Training(workload, MetaRule.SECOND_ORDER, tasks, steps);
  }

  private static void awaitCheckpoint(ChildProcess child, Path checkpoint) {
    while (child.alive() && !Files.exists(checkpoint)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
