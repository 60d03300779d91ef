package io.engram.benchmarks.hostile;

import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.kafka.EndOfSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tasks that no ingest wrote. */
final class TaskKinds {

  private static final String TOPIC = new Topics("").tasks();
  private static final int MANY_CLASSES = 100_000;
  private static final int LARGE = 200_000;
  private static final int FEW = 30;

  private TaskKinds() {}

  static List<Kind> all() {
    return List.of(
        kind("no-support", block(0, 1, 1), block(5, 1, 1), List.of()),
        kind("no-query", block(5, 1, 1), block(0, 1, 1), List.of()),
        kind("wrong-width", block(5, 3, 1), block(5, 3, 1), List.of()),
        kind("other-widths", block(5, 1, 1), block(5, 2, 1), List.of()),
        kind("more-targets", block(5, 1, 3), block(5, 1, 3), List.of()),
        kind(
            "rows-mismatch",
            new ExampleBlock(floats(5, 1), floats(9, 1)),
            block(5, 1, 1),
            List.of()),
        kind("classes", classes(5), classes(5), List.of("a", "b")),
        kind("class-beyond", classes(5), classes(5), List.of("a")),
        kind("nan", filled(Float.NaN, 1), block(5, 1, 1), List.of()),
        kind("labels-infinite", filled(1, Float.POSITIVE_INFINITY), block(5, 1, 1), List.of()),
        kind("many-classes", classes(5), classes(5), names()).atMost(FEW).byItself(),
        kind("large", block(LARGE / 2, 1, 1), block(10, 1, 1), List.of()).atMost(FEW).byItself(),
        kind("absurd-scale", filled(1e30f, 1e38f), filled(1e30f, 1e38f), List.of()).atMost(500),
        kind("well-formed", filled(0.5f, 0.25f), filled(0.25f, 0.5f), List.of()).atMost(500),
        Kind.of(TOPIC, "forged-end", (random, n) -> end()).atMost(100));
  }

  private static Draft end() {
    return Draft.of("hostile-end", new byte[] {1, 2, 3})
        .withHeader(EndOfSource.RECORDS, "7".getBytes(StandardCharsets.UTF_8));
  }

  private static Kind kind(
      String name, ExampleBlock support, ExampleBlock query, List<String> classes) {
    byte[] value =
        Wire.task()
            .encode(
                new Task(
                    "forged",
                    "hostile-" + name,
                    0L,
                    ClosedBy.SIZE,
                    Instant.ofEpochMilli(1_700_000_000_000L),
                    classes,
                    support,
                    query,
                    0,
                    0L,
                    9L));
    return Kind.of(TOPIC, name, (random, n) -> Draft.of("hostile-" + name, value));
  }

  private static ExampleBlock block(int rows, int width, int targets) {
    return new ExampleBlock(floats(rows, width), floats(rows, targets));
  }

  private static ExampleBlock filled(float feature, float label) {
    float[] features = new float[5];
    Arrays.fill(features, feature);
    float[] labels = new float[5];
    Arrays.fill(labels, label);
    return new ExampleBlock(Tensors.float32(features, 5, 1), Tensors.float32(labels, 5, 1));
  }

  private static ExampleBlock classes(int rows) {
    int[] indices = new int[rows];
    for (int i = 0; i < rows; i++) {
      indices[i] = i % 2;
    }
    return new ExampleBlock(floats(rows, 1), Tensors.int32(indices, rows));
  }

  private static Tensor floats(int rows, int width) {
    return Tensors.float32(new float[rows * width], rows, width);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < MANY_CLASSES; i++) {
      names.add(Integer.toString(i, Character.MAX_RADIX));
    }
    return names;
  }
}
