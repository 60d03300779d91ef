package io.engram.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TaskCodecTest {

  private final TaskCodec codec = new TaskCodec();
  private final TaskArrays arrays = new TaskArrays();

  @Property(tries = 200)
  void aTaskIsReadAsItWasWritten(
      @ForAll boolean classes,
      @ForAll @IntRange(min = 1, max = 5) int support,
      @ForAll @IntRange(min = 1, max = 5) int query,
      @ForAll @IntRange(min = 1, max = 4) int width,
      @ForAll float number) {
    Task task =
        new Task(
            "t",
            "k",
            classes ? List.of("a", "b") : List.of(),
            set(classes, support, width, number),
            set(classes, query, width, number),
            1_700_000_000_000L);
    byte[] record = TaskCodec.encode(task, 3, 70);

    same(TaskCodec.decode(record), task);
    same(codec.decode(Arrays.copyOf(record, record.length + 9), record.length, arrays), task);
  }

  @Example
  void aTaskThatContradictsItselfIsNamed() {
    io.engram.schemas.avro.Task wire =
        Wire.task()
            .decode(
                TaskCodec.encode(
                    new Task("t7", "k", List.of("a"), set(true, 1, 1, 0), set(true, 1, 1, 0), 0),
                    0,
                    0));
    wire.setClasses(List.of());

    assertThatThrownBy(() -> TaskCodec.decode(Wire.task().encode(wire)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("task 't7': found a tensor of INT32");
  }

  private static ExampleSet set(boolean classes, int size, int width, float number) {
    float[] inputs = new float[size * width];
    Arrays.fill(inputs, number);
    float[] values = new float[size * 2];
    Arrays.fill(values, -number);
    int[] labels = new int[size];
    labels[size - 1] = classes && size > 1 ? 1 : 0;
    return new ExampleSet(
        width, inputs, classes ? new Targets.Classes(2, labels) : new Targets.Values(2, values));
  }

  private static void same(Task found, Task expected) {
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
  }
}
