package io.engram.schemas;

import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.RegistryEvent;
import io.engram.schemas.avro.Task;
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
