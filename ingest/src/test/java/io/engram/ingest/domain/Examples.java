package io.engram.ingest.domain;

import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Task;
import io.engram.schemas.avro.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Examples whose single feature is their number, so that a test finds each again in its task. */
public final class Examples {

  private Examples() {}

  public static LabeledExample classified(int number, String label) {
    return example(number, label, null, Part.AUTO);
  }

  public static LabeledExample regression(int number) {
    return example(number, Tensors.float32(new float[] {-number}, 1), null, Part.AUTO);
  }

  public static LabeledExample example(
      int number, Object label, @Nullable String taskId, Part part) {
    return new LabeledExample(
        "e-" + number, Tensors.float32(new float[] {number}, 1), label, taskId, part);
  }

  public static LabeledExample withFeatures(Tensor features) {
    return new LabeledExample("e-f", features, "a", null, Part.AUTO);
  }

  public static byte[] bytes(LabeledExample example) {
    return Wire.labeledExample().encode(example);
  }

  /** The numbers of a block's examples, in its order. */
  public static List<Integer> numbers(ExampleBlock block) {
    float[] numbers = Tensors.floats(block.getFeatures());
    return Stream.iterate(0, i -> i < numbers.length, i -> i + 1)
        .map(i -> (int) numbers[i])
        .toList();
  }

  /** The numbers of all examples of a task, in order of arrival where the numbers were. */
  public static List<Integer> numbers(Task task) {
    return Stream.concat(numbers(task.getSupport()).stream(), numbers(task.getQuery()).stream())
        .sorted()
        .toList();
  }

  public static List<Integer> targets(ExampleBlock block) {
    return Arrays.stream(Tensors.ints(block.getTargets())).boxed().toList();
  }
}
