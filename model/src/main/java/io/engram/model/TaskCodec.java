package io.engram.model;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.model.TaskArrays.Room;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Tensor;
import java.time.Instant;
import java.util.List;

/** Between the wire's task and the core's. Keeps what lies between the two to use it again; for one thread at a time. */
public final class TaskCodec {

  private final io.engram.schemas.avro.Task wire = new io.engram.schemas.avro.Task();

  /**
   * Decodes a record of {@code tasks}.
   *
   * @throws WireException if the bytes are no task, or contradict themselves
   */
  public static Task decode(byte[] value) {
    return task(Wire.task().decode(value), new TaskArrays());
  }

  /**
   * Decodes a record into arrays that are used again: the task is good until the next one is decoded into them.
   *
   * @param record begins with the task's bytes; what lies behind them means nothing
   * @throws WireException if the bytes are no task, or contradict themselves
   */
  public Task decode(byte[] record, int length, TaskArrays into) {
    return task(Wire.task().decode(record, length, wire), into);
  }

  /**
   * The record of a task whose examples came one after another in partition 0. Features are vectors of FLOAT32.
   *
   * @param sequence its number within its key
   * @param firstOffset of its first example
   */
  public static byte[] encode(Task task, long sequence, long firstOffset) {
    return Wire.task()
        .encode(
            new io.engram.schemas.avro.Task(
                task.id(),
                task.key(),
                sequence,
                ClosedBy.SIZE,
                Instant.ofEpochMilli(task.closedAt()),
                task.classes(),
                block(task.support()),
                block(task.query()),
                0,
                firstOffset,
                firstOffset + task.examples() - 1));
  }

  private static ExampleBlock block(ExampleSet examples) {
    int size = examples.size();
    Tensor targets =
        examples.targets() instanceof Targets.Values values
            ? Tensors.float32(values.values(), size, values.width())
            : Tensors.int32(((Targets.Classes) examples.targets()).classes(), size);
    return new ExampleBlock(
        Tensors.float32(examples.inputs(), size, examples.inputSize()), targets);
  }

  private static Task task(io.engram.schemas.avro.Task task, TaskArrays into) {
    List<String> classes = task.getClasses();
    int ways = classes.size();
    try {
      return new Task(
          task.getTaskId(),
          task.getTaskKey(),
          classes,
          examples(task.getSupport(), ways, into.supportInputs(), into.supportTargets()),
          examples(task.getQuery(), ways, into.queryInputs(), into.queryTargets()),
          task.getClosedAt().toEpochMilli());
    } catch (IllegalArgumentException | WireException e) {
      throw new WireException("task '" + task.getTaskId() + "': " + e.getMessage(), e);
    }
  }

  private static ExampleSet examples(ExampleBlock block, int ways, Room inputs, Room values) {
    Targets targets = targets(block, ways, values);
    float[] features = floats(block.getFeatures(), inputs);
    int inputSize = features.length / Math.max(1, targets.size());
    return new ExampleSet(inputSize, features, targets);
  }

  private static Targets targets(ExampleBlock block, int ways, Room values) {
    if (ways > 0) {
      return new Targets.Classes(ways, Tensors.ints(block.getTargets()));
    }
    List<Integer> shape = block.getTargets().getShape();
    int width = shape.size() < 2 ? 1 : shape.get(1);
    return new Targets.Values(width, floats(block.getTargets(), values));
  }

  private static float[] floats(Tensor tensor, Room room) {
    float[] numbers = room.ofLength(Tensors.size(tensor));
    Tensors.floats(tensor, numbers, 0);
    return numbers;
  }
}
