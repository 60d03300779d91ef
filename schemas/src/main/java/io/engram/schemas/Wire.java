package io.engram.schemas;

import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.OpenQuestion;
import io.engram.schemas.avro.RegistryEvent;
import io.engram.schemas.avro.Task;
import io.engram.schemas.avro.UnlabeledExample;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The codecs of every record on the wire. */
public final class Wire {

  private static final SchemaHistory HISTORY = SchemaHistory.shipped();

  private static final SingleObjectCodec<LabeledExample> LABELED_EXAMPLE =
      new SingleObjectCodec<>(LabeledExample.class, HISTORY);
  private static final SingleObjectCodec<Task> TASK = new SingleObjectCodec<>(Task.class, HISTORY);
  private static final SingleObjectCodec<ModelManifest> MODEL_MANIFEST =
      new SingleObjectCodec<>(ModelManifest.class, HISTORY);
  private static final SingleObjectCodec<ModelChunk> MODEL_CHUNK =
      new SingleObjectCodec<>(ModelChunk.class, HISTORY);
  private static final SingleObjectCodec<RegistryEvent> REGISTRY_EVENT =
      new SingleObjectCodec<>(RegistryEvent.class, HISTORY);
  private static final SingleObjectCodec<Forgetting> FORGETTING =
      new SingleObjectCodec<>(Forgetting.class, HISTORY);
  private static final SingleObjectCodec<UnlabeledExample> UNLABELED_EXAMPLE =
      new SingleObjectCodec<>(UnlabeledExample.class, HISTORY);
  private static final SingleObjectCodec<Answer> ANSWER =
      new SingleObjectCodec<>(Answer.class, HISTORY);
  private static final SingleObjectCodec<LateLabel> LATE_LABEL =
      new SingleObjectCodec<>(LateLabel.class, HISTORY);
  private static final SingleObjectCodec<OpenQuestion> OPEN_QUESTION =
      new SingleObjectCodec<>(OpenQuestion.class, HISTORY);

  private Wire() {}

  /** Values of {@code examples}. */
  public static SingleObjectCodec<LabeledExample> labeledExample() {
    return LABELED_EXAMPLE;
  }

  /** Values of {@code tasks}. */
  public static SingleObjectCodec<Task> task() {
    return TASK;
  }

  /** The manifest on {@code model-candidates} and {@code model-updates}. */
  public static SingleObjectCodec<ModelManifest> modelManifest() {
    return MODEL_MANIFEST;
  }

  /** The chunks on {@code model-candidates} and {@code model-updates}. */
  public static SingleObjectCodec<ModelChunk> modelChunk() {
    return MODEL_CHUNK;
  }

  /** Values of {@code registry-events}. */
  public static SingleObjectCodec<RegistryEvent> registryEvent() {
    return REGISTRY_EVENT;
  }

  /** Values of {@code forgotten}. */
  public static SingleObjectCodec<Forgetting> forgetting() {
    return FORGETTING;
  }

  /** Questions among the values of {@code examples}. */
  public static SingleObjectCodec<UnlabeledExample> unlabeledExample() {
    return UNLABELED_EXAMPLE;
  }

  /** Values of {@code predictions}. */
  public static SingleObjectCodec<Answer> answer() {
    return ANSWER;
  }

  /** Values of {@code labels}. */
  public static SingleObjectCodec<LateLabel> lateLabel() {
    return LATE_LABEL;
  }

  /** What is remembered of a question; on a changelog alone. */
  public static SingleObjectCodec<OpenQuestion> openQuestion() {
    return OPEN_QUESTION;
  }

  /** Whether bytes begin as an {@link UnlabeledExample} does, of any version of its schema. */
  public static boolean isUnlabeled(byte @Nullable [] bytes) {
    if (bytes == null || !SingleObjectHeader.stands(bytes)) {
      return false;
    }
    Schema writer = HISTORY.find(SingleObjectHeader.fingerprint(bytes));
    return writer != null && writer.getName().equals("UnlabeledExample");
  }

  /**
   * Either record of {@code model-candidates} and {@code model-updates}, told apart by fingerprint.
   *
   * @throws WireException if the bytes are neither
   */
  public static ModelRecord modelRecord(byte @Nullable [] bytes) {
    String expected = "a ModelManifest or ModelChunk";
    byte[] value = SingleObjectHeader.require(bytes, expected);
    long fingerprint = SingleObjectHeader.fingerprint(value);
    Schema writer = HISTORY.find(fingerprint);
    String found = writer == null ? "" : writer.getName();
    return switch (found) {
      case "ModelManifest" -> new ModelRecord.Manifest(MODEL_MANIFEST.decode(value));
      case "ModelChunk" -> new ModelRecord.Chunk(MODEL_CHUNK.decode(value));
      case "" ->
          throw new WireException(
              "found schema fingerprint %016x, which this program does not know; expected %s. "
                      .formatted(fingerprint, expected)
                  + "If a newer program wrote it, update this one");
      default -> throw new WireException("found a %s, expected %s".formatted(found, expected));
    };
  }
}
