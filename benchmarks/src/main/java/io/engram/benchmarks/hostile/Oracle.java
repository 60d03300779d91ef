package io.engram.benchmarks.hostile;

import io.engram.core.algebra.Vectors;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.model.TaskCodec;
import io.engram.schemas.WireException;

/** What the learner must say of a record of {@code tasks}, by rules written down here once more. */
final class Oracle {

  /** As the network of {@link Besieged} has it. */
  private static final int WIDTH = 1;

  private Oracle() {}

  /** Whether a task of one number in and one out can be learned from. */
  static boolean learnable(byte[] value, long largest) {
    if (value.length > largest) {
      return false;
    }
    try {
      Task task = TaskCodec.decode(value);
      return task.support().size() > 0
          && task.query().size() > 0
          && task.support().inputSize() == WIDTH
          && task.query().inputSize() == WIDTH
          && one(task.support().targets())
          && one(task.query().targets())
          && Vectors.finite(task.support().inputs())
          && Vectors.finite(task.query().inputs());
    } catch (WireException e) {
      return false;
    }
  }

  private static boolean one(Targets targets) {
    return targets instanceof Targets.Values values
        && values.width() == WIDTH
        && Vectors.finite(values.values());
  }
}
