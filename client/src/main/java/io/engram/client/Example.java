package io.engram.client;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Tensor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A labeled example to send. Immutable: the arrays given are copied into it.
 *
 * @param taskKey the tenant, user, device … it comes from: examples of one key are grouped into tasks
 * @param value what is sent
 */
public record Example(String taskKey, LabeledExample value) {

  public Example {
    if (taskKey.isEmpty()) {
      throw new IllegalArgumentException("an example needs a task key, found an empty one");
    }
  }

  /** Of a class, by name. */
  public static Example of(String taskKey, float[] features, String label) {
    return of(taskKey, vector(features), label);
  }

  /** Of a number to predict. */
  public static Example of(String taskKey, float[] features, float target) {
    return of(taskKey, features, new float[] {target});
  }

  /** Of several numbers to predict. */
  public static Example of(String taskKey, float[] features, float[] targets) {
    return of(taskKey, vector(features), vector(targets));
  }

  /**
   * Of features with a shape or element type of their own, such as the grey levels of an image.
   *
   * @see Tensors
   */
  public static Example of(String taskKey, Tensor features, String label) {
    return make(taskKey, features, label);
  }

  /** Of features with a shape or element type of their own, and several numbers to predict. */
  public static Example of(String taskKey, Tensor features, Tensor targets) {
    return make(taskKey, features, targets);
  }

  /** The same under a name of its own, quoted where it is rejected; a random one by default. */
  public Example withId(String id) {
    return new Example(taskKey, LabeledExample.newBuilder(value).setId(id).build());
  }

  /** The same, grouped by hand: examples of one key with the same task id belong to one task. */
  public Example inTask(String taskId) {
    return new Example(taskKey, LabeledExample.newBuilder(value).setTaskId(taskId).build());
  }

  /** The same, on one side of its task: what is learned from, or what is asked. */
  public Example as(Part part) {
    return new Example(taskKey, LabeledExample.newBuilder(value).setPart(part).build());
  }

  private static Example make(String taskKey, Tensor features, Object label) {
    @Nullable String noTaskId = null;
    return new Example(
        taskKey,
        new LabeledExample(UUID.randomUUID().toString(), features, label, noTaskId, Part.AUTO));
  }

  private static Tensor vector(float[] values) {
    return Tensors.float32(values, values.length);
  }
}
