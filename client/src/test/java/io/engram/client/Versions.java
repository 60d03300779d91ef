package io.engram.client;

import io.engram.core.network.NetworkSpec;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Versions as a registry would publish them. */
final class Versions {

  static {
    // Avro's builders copy only classes that the wire has declared as trusted.
    assert Wire.modelManifest().fingerprint() != 0;
  }

  private Versions() {}

  /** A version and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Version(ModelManifest manifest, byte[] parameters) {

    List<ModelChunk> chunks() {
      return ModelChunks.cut(manifest.getModelName(), manifest.getCandidateId(), parameters);
    }
  }

  /** All parameters of a network are the version's number. */
  static Version of(String model, long version, String network) {
    float[] parameters = new float[NetworkSpec.parse(network).layout().length()];
    Arrays.fill(parameters, (float) version);
    return of(model, version, network, parameters);
  }

  static Version of(String model, long version, String network, float[] parameters) {
    byte[] bytes = bytes(parameters);
    List<ModelChunk> chunks = ModelChunks.cut(model, "c-" + version, bytes);
    ModelManifest manifest =
        new ModelManifest(
            model,
            version,
            "c-" + version,
            Instant.ofEpochMilli(1_700_000_000_000L),
            network,
            network.endsWith("mse") ? LabelSpace.NONE : LabelSpace.PER_TASK,
            List.of(),
            new Adaptation(3, "sgd(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"),
            List.of(
                new TensorEntry("parameters", ElementType.FLOAT32, List.of(parameters.length), 0L)),
            (long) bytes.length,
            chunks.get(0).getSha256(),
            chunks.size(),
            new Lineage(
                null, List.of(), 1L, 1L, 42L, Map.of(), Map.of(), "fused", "0.1.0", "17", "amd64"),
            Map.of());
    return new Version(manifest, bytes);
  }

  static byte[] bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
