package io.engram.benchmarks.crash;

import io.engram.core.learning.TableSettings;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What is learned, and by whom.
 *
 * @param learner assignments for the learner
 * @param records the tasks of the stream by number, as they lie on {@code tasks}, {@link SineTasks#EXAMPLES} examples in each
 */
record CrashWorkload(List<String> learner, LongFunction<byte[]> records) {

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

  /** The workload of an algorithm that is named: the learner of tables has sine waves too, others are continual learners. */
  static CrashWorkload of(String algorithm) {
    return algorithm.equals(TableSettings.NAME) ? tables() : classes(algorithm);
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
            "learner.network=input(%d) dense(40) relu dense(40) relu dense(%d) softmax"
                .formatted(ChangingClasses.INPUTS, ChangingClasses.CLASSES.size()),
            "learner.label-space=global",
            "learner.standardise=true",
            "learner.replication=1"),
        ChangingClasses::record);
  }
}
