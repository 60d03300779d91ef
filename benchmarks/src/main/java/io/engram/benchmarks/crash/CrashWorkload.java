package io.engram.benchmarks.crash;

import io.engram.core.learning.TableSettings;
import io.engram.learner.MetaConfig;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What is learned, and by whom.
 *
 * @param learner assignments for the learner
 * @param records the tasks of the stream by number, as they lie on {@code tasks}, {@link SineTasks#EXAMPLES} examples in each
 */
record CrashWorkload(List<String> learner, LongFunction<byte[]> records) {

  private static final String NETWORK_OF_CLASSES =
      "input(%d) dense(40) relu dense(40) relu dense(%d) softmax"
          .formatted(ChangingClasses.INPUTS, ChangingClasses.CLASSES.size());

  /** Sine waves, by first-order MAML. */
  static CrashWorkload sines() {
    return new CrashWorkload(
        List.of(
            "learner.network=input(1) dense(40) relu dense(40) relu dense(1) mse",
            "learner.zero-head=false",
            "learner.inner-steps=3",
            "learner.inner-step-size=0.01",
            "learner.outer-steps=2",
            "learner.train-queries=0",
            "learner.replication=1"),
        SineTasks::record);
  }

  /** The workload of an algorithm that is named: the learner of tables has sine waves too, others have classes. */
  static CrashWorkload of(String algorithm) {
    if (algorithm.equals(TableSettings.NAME)) {
      return tables();
    }
    return MetaConfig.ALGORITHMS.contains(algorithm) ? tasks(algorithm) : classes(algorithm);
  }

  /** Tasks of classes whose looks change, by a learner of tasks. */
  private static CrashWorkload tasks(String algorithm) {
    return new CrashWorkload(
        List.of(
            "learner.algorithm=" + algorithm,
            "learner.network=" + NETWORK_OF_CLASSES,
            "learner.outer-steps=2",
            "learner.train-queries=0",
            "learner.replication=1"),
        ChangingClasses::record);
  }

  /** Sine waves as a table, by experts and trees. */
  private static CrashWorkload tables() {
    return new CrashWorkload(
        List.of(
            "learner.algorithm=" + TableSettings.NAME,
            "learner.network=input(1) dense(1) mse",
            "learner.replication=1"),
        SineTasks::record);
  }

  /** Classes whose looks change, by a continual learner. */
  private static CrashWorkload classes(String algorithm) {
    return new CrashWorkload(
        List.of(
            "learner.algorithm=" + algorithm,
            "learner.network=" + NETWORK_OF_CLASSES,
            "learner.label-space=global",
            "learner.standardise=true",
            "learner.replication=1"),
        ChangingClasses::record);
  }
}
