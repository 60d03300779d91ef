package io.engram.benchmarks.learning;

import io.engram.core.meta.MetaSettings;
import io.engram.core.network.NetworkSpec;

/**
 * Everything that a training run depends on. Two plans that describe themselves in the same words give the same model.
 *
 * @param name of the run and its checkpoint, as in a file name
 * @param tasks in words: what the tasks are and how large
 * @param network what is learned
 * @param zeroHead start with a zero last layer
 * @param meta the meta-algorithm
 * @param carriesMoments whether the inner Adam goes on from task to task instead of beginning anew
 * @param length how much is learned from
 * @param seed root of all randomness
 */
public record TrainingPlan(
    String name,
    String tasks,
    NetworkSpec network,
    boolean zeroHead,
    MetaSettings meta,
    boolean carriesMoments,
    Length length,
    long seed) {

  /**
   * How much is learned from.
   *
   * @param metaBatch tasks in an outer step
   * @param steps outer steps
   */
  public record Length(int metaBatch, long steps) {}

  /** All hyper-parameters, a line each. */
  public String describe() {
    return """
        tasks        %s
        network      %s%s
        rule         %s
        inner loop   %s%s
        step sizes   %s
        outer        %s, %d tasks a step, %d steps
        seed         %d
        """
        .formatted(
            tasks,
            network,
            zeroHead ? ", last layer zero at the start" : "",
            meta.rule(),
            meta.inner(),
            carriesMoments ? ", moments carried from task to task" : "",
            meta.learned(),
            meta.outer(),
            length.metaBatch,
            length.steps,
            seed);
  }
}
