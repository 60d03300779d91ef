package io.engram.schemas;

import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Cuts a version's parameter bytes into chunks below the broker's default message limit of 1 MiB. */
public final class ModelChunks {

  /** Bytes of data in a full chunk. */
  public static final int CHUNK_BYTES = 900_000;

  private ModelChunks() {}

  /** Chunks of {@link #CHUNK_BYTES}, in order; the last may be shorter. They share the array: do not change it. */
  public static List<ModelChunk> cut(String modelName, String candidateId, byte[] parameters) {
    return cut(modelName, candidateId, parameters, CHUNK_BYTES);
  }

  /** The chunks of a manifest's parameters, whose checksum it names already: they are not hashed again. */
  public static List<ModelChunk> cut(ModelManifest manifest, byte[] parameters) {
    return cut(
        manifest.getModelName(),
        manifest.getCandidateId(),
        parameters,
        manifest.getSha256(),
        CHUNK_BYTES);
  }

  static List<ModelChunk> cut(
      String modelName, String candidateId, byte[] parameters, int chunkBytes) {
    return cut(modelName, candidateId, parameters, sha256(parameters), chunkBytes);
  }

  private static List<ModelChunk> cut(
      String modelName, String candidateId, byte[] parameters, String sha256, int chunkBytes) {
    if (parameters.length == 0) {
      throw new IllegalArgumentException(
          "a model version has at least 1 byte of parameters, found none for " + candidateId);
    }
    int count = (parameters.length + chunkBytes - 1) / chunkBytes;
    List<ModelChunk> chunks = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int from = index * chunkBytes;
      int length = Math.min(chunkBytes, parameters.length - from);
      ByteBuffer data = ByteBuffer.wrap(parameters, from, length).slice();
      chunks.add(new ModelChunk(modelName, candidateId, index, count, sha256, data));
    }
    return chunks;
  }

  /** Lower-case hex, as it stands in manifest and chunks. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Key on {@code model-updates} of the chunk at an index: its own, so that compaction keeps every chunk. */
  public static String updateKey(String modelName, int index) {
    return modelName + "/" + index;
  }

  /** Key on {@code model-updates} of the manifest. */
  public static String updateKey(String modelName) {
    return modelName;
  }
}
