package io.engram.benchmarks.hostile;

import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.SourceIndex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Examples that are well encoded and bad all the same. Each kind is under a key of its own. */
final class ExampleKinds {

  private static final String TOPIC = new Topics("").examples();
  private static final float[] NOT_FINITE = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  private ExampleKinds() {}

  static List<Kind> all() {
    return List.of(
        kind(
                "not-finite",
                (random, n) -> example("nan", one(NOT_FINITE[random.nextInt(3)]), one(1)))
            .refusedFor("not-finite"),
        kind("label-not-finite", (random, n) -> example("nan-label", one(1), one(Float.NaN)))
            .refusedFor("not-finite"),
        kind("1e38", (random, n) -> example("1e38", one(value(random)), one(3e38f))).atMost(2000),
        kind("denormal", (random, n) -> example("denormal", one(Float.MIN_VALUE), one(1e-42f)))
            .atMost(2000),
        kind("wrong-shape", (random, n) -> example("wide", vector(random, 7), one(1))).atMost(2000),
        kind(
                "changing-shape",
                (random, n) -> example("changing", vector(random, 1 + (int) (n % 5)), one(1)))
            .atMost(2000),
        kind(
                "empty-features",
                (random, n) -> example("empty", Tensors.float32(new float[0], 0), one(1)))
            .refusedFor("empty-features"),
        kind(
                "wrong-element-type",
                (random, n) -> example("int32", Tensors.int32(new int[] {7}, 1), one(1)))
            .refusedFor("element-type"),
        kind("damaged-tensor", (random, n) -> example("damaged", damaged(), one(1)))
            .refusedFor("damaged-tensor"),
        kind(
                "label-shape",
                (random, n) -> example("label-shape", one(1), Tensors.float32(new float[4], 2, 2)))
            .refusedFor("label-shape"),
        kind("unknown-classes", (random, n) -> example("classes", one(value(random)), "class-" + n))
            .atMost(20_000),
        kind("empty-class", (random, n) -> example("blank", one(1), " ")).refusedFor("empty-class"),
        kind("long-task-id", (random, n) -> named("long-id", "x".repeat(1_001)))
            .refusedFor("too-large"),
        kind("too-many-task-ids", (random, n) -> named("many-ids", "id-" + n)),
        kind("headers-too-large", ExampleKinds::headers).atMost(500).refusedFor("too-large"),
        kind("key-not-utf8", (random, n) -> honest(random).keyed(new byte[] {(byte) 0xC3, 0x28}))
            .refusedFor("no-key"),
        kind(
            "forged-source-index",
            (random, n) -> honest(random).withHeader(SourceIndex.INDEX, text("1000000000000"))),
        kind(
            "forged-end", (random, n) -> honest(random).withHeader(EndOfSource.RECORDS, text("7"))),
        kind("forged-husk", (random, n) -> honest(random).withHeader(Husk.HUSK, new byte[0])));
  }

  private static Kind kind(String name, Kind.Maker maker) {
    return Kind.of(TOPIC, name, maker);
  }

  private static Draft honest(SplittableRandom random) {
    return example("impostor", one(value(random)), one(value(random)));
  }

  private static Draft headers(SplittableRandom random, long number) {
    return honest(random).withHeader("x", new byte[40_000]);
  }

  private static Draft named(String key, String taskId) {
    return draft(key, new LabeledExample("id", one(1), one(1), taskId, Part.AUTO));
  }

  private static Draft example(String key, Tensor features, Object label) {
    return draft(key, new LabeledExample("id", features, label, null, Part.AUTO));
  }

  private static Draft draft(String key, LabeledExample example) {
    return Draft.of("hostile-" + key, Wire.labeledExample().encode(example));
  }

  private static Tensor damaged() {
    return new Tensor(ElementType.FLOAT32, List.of(3), ByteBuffer.wrap(new byte[5]));
  }

  private static Tensor one(float value) {
    return Tensors.float32(new float[] {value}, 1);
  }

  private static Tensor vector(SplittableRandom random, int width) {
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] = value(random);
    }
    return Tensors.float32(values, width);
  }

  private static float value(SplittableRandom random) {
    return (float) (10 * random.nextDouble() - 5);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
