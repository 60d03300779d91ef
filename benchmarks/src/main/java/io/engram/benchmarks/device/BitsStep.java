package io.engram.benchmarks.device;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.MetaRule;

/** The same short training twice in this process and once in a new one ends with the same bits. */
final class BitsStep implements Step {

  private static final int CHILD_SECONDS = 60;

  @Override
  public void run(StepContext context) {
    ComputeEngine engine = context.open();
    for (DeviceCase workload : DeviceCase.ALL) {
      for (MetaRule rule : MetaRule.values()) {
        if (context.budget().over()) {
          context
              .cases()
              .add(Remark.missing(workload.name() + " " + rule, "bits", "no time was left"));
          continue;
        }
        check(context, engine, training(context, workload, rule));
      }
    }
  }

  private static Training training(StepContext context, DeviceCase workload, MetaRule rule) {
    boolean images = workload.equals(DeviceCase.CONV4);
    int tasks = images ? 8 : 32;
    int steps = images ? 4 : 20;
    return new Training(
        workload, rule, context.quick() ? tasks / 4 : tasks, context.quick() ? 2 : steps);
  }

  private static void check(StepContext context, ComputeEngine engine, Training training) {
    String name = training.workload().label(training.tasks(), training.rule());
    String metric = "same bits after %d meta-updates".formatted(training.steps());
    try {
      String first = training.run(engine);
      String second = training.run(engine);
      String elsewhere = ChildProcess.train(context, training, null, 1).fingerprint(CHILD_SECONDS);
      String found =
          first.equals(second)
              ? first.equals(elsewhere) ? first.substring(0, 12) : "not in a new process"
              : "not in the same process";
      context
          .cases()
          .add(Remark.held(name, metric, first.equals(second) && first.equals(elsewhere), found));
      context.say().accept(name + ": " + metric + ": " + found);
    } catch (RuntimeException | LinkageError e) {
      context.cases().add(Remark.missing(name, metric, e.toString()));
    }
  }
}
