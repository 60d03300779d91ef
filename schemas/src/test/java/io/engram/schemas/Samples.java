package io.engram.schemas;

import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.AnswerInterval;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.NumberAnswer;
import io.engram.schemas.avro.OpenQuestion;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.PartitionOffset;
import io.engram.schemas.avro.RegistryEvent;
import io.engram.schemas.avro.Task;
import io.engram.schemas.avro.TensorEntry;
import io.engram.schemas.avro.UnlabeledExample;
import io.engram.schemas.avro.VersionRegistered;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One value of every record, with every field set. */
final class Samples {

  private Samples() {}

  static LabeledExample example() {
    return new LabeledExample(
        "e-1", Tensors.float32(new float[] {1.5f, -2f, 0f}, 3), "grünwal", "task-7", Part.QUERY);
  }

  static UnlabeledExample question() {
    return new UnlabeledExample("q-1", Tensors.float32(new float[] {1.5f, -2f, 0f}, 3));
  }

  static Answer answer() {
    return new Answer(
        "q-1",
        "default",
        7L,
        new NumberAnswer(
            Tensors.float32(new float[] {2.5f}, 1), new AnswerInterval(0.9, 1.5f, 3.5f)),
        20,
        41L,
        Instant.ofEpochMilli(1_700_000_000_123L),
        Instant.ofEpochMilli(1_700_000_000_140L),
        "examples",
        3,
        99L);
  }

  static LateLabel lateLabel() {
    return new LateLabel("q-1", Tensors.float32(new float[] {2.75f}, 1));
  }

  static OpenQuestion openQuestion() {
    return new OpenQuestion(
        question(),
        answer(),
        Tensors.float32(new float[] {2.75f}, 1),
        Tensors.float32(new float[] {2f}, 1),
        true,
        "examples",
        3,
        99L,
        1_700_000_000_123L,
        1_700_600_000_000L);
  }

  static Task task() {
    return new Task(
        "session-3#5",
        "session-3",
        5L,
        ClosedBy.IDLE,
        Instant.ofEpochMilli(1_700_000_000_123L),
        List.of("cat", "dog"),
        new ExampleBlock(
            Tensors.uint8(new byte[] {0, 127, -1, 3}, 2, 1, 2, 1),
            Tensors.int32(new int[] {0, 1}, 2)),
        new ExampleBlock(
            Tensors.float16(new float[] {0.5f, 2f}, 1, 1, 2, 1), Tensors.int32(new int[] {1}, 1)),
        2,
        40L,
        44L);
  }

  static Forgetting forgetting() {
    return new Forgetting(
        2L,
        Instant.ofEpochMilli(1_700_000_002_000L),
        ByteBuffer.wrap(new byte[] {1, 2, 3}),
        ByteBuffer.wrap(new byte[] {-1, 0, 1, 127}),
        ForgettingStage.DONE,
        1L,
        List.of(new PartitionOffset(0, 17L), new PartitionOffset(1, 4L)),
        List.of(new PartitionOffset(0, 300L)));
  }

  static ModelManifest manifest(ModelChunk first, byte[] parameters) {
    return new ModelManifest(
        first.getModelName(),
        0L,
        first.getCandidateId(),
        Instant.ofEpochMilli(1_700_000_001_000L),
        "dense(1,40,relu) dense(40,1)",
        LabelSpace.PER_TASK,
        List.of(),
        new Adaptation(3, "sgd(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"),
        List.of(new TensorEntry("parameters", ElementType.FLOAT32, List.of(2), 0L)),
        (long) parameters.length,
        first.getSha256(),
        first.getCount(),
        new Lineage(
            null,
            List.of(new PartitionOffset(0, 12L)),
            11L,
            22L,
            42L,
            Map.of("meta.rule", "fomaml"),
            Map.of("Task", "0123456789abcdef"),
            "fused",
            "0.1.0",
            "17.0.15",
            "amd64"),
        Map.of("prequential.window", 0.875));
  }

  static ModelManifest manifest() {
    byte[] parameters = {1, 2, 3, 4, 5, 6, 7, 8};
    return manifest(ModelChunks.cut("omniglot", "line-1-22", parameters).get(0), parameters);
  }

  static ModelChunk chunk() {
    return ModelChunks.cut("omniglot", "line-1-22", new byte[] {1, 2, 3, 4, 5}, 3).get(1);
  }

  static RegistryEvent registryEvent() {
    return new RegistryEvent(
        "omniglot",
        Instant.ofEpochMilli(1_700_000_002_000L),
        "registry",
        "a candidate arrived",
        new PartitionOffset(0, 7L),
        new VersionRegistered(3L, ModelManifest.newBuilder(manifest()).setVersion(3L).build()));
  }
}
