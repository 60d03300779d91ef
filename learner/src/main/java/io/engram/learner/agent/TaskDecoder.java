package io.engram.learner.agent;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ExampleBlock;
import java.util.List;

/** From the wire's task to the core's. */
public final class TaskDecoder {

  private TaskDecoder() {}

  /**
   * Decodes a record of {@code tasks}.
   *
   * @throws WireException if the bytes are no task, or contradict themselves
   */
  public static Task decode(byte[] value) {
    io.engram.schemas.avro.Task task = Wire.task().decode(value);
    List<String> classes = task.getClasses();
    try {
      return new Task(
          task.getTaskId(),
          task.getTaskKey(),
          classes,
          examples(task.getSupport(), classes.size()),
          examples(task.getQuery(), classes.size()),
          task.getClosedAt().toEpochMilli());
    } catch (IllegalArgumentException e) {
      throw new WireException("task '" + task.getTaskId() + "': " + e.getMessage(), e);
    }
  }

  private static ExampleSet examples(ExampleBlock block, int ways) {
    Targets targets = targets(block, ways);
    float[] inputs = Tensors.floats(block.getFeatures());
    int inputSize = inputs.length / Math.max(1, targets.size());
    return new ExampleSet(inputSize, inputs, targets);
  }

  private static Targets targets(ExampleBlock block, int ways) {
    if (ways > 0) {
      return new Targets.Classes(ways, Tensors.ints(block.getTargets()));
    }
    List<Integer> shape = block.getTargets().getShape();
    int width = shape.size() < 2 ? 1 : shape.get(1);
    return new Targets.Values(width, Tensors.floats(block.getTargets()));
  }
}
