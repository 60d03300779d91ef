package io.engram.schemas;

import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;

/** What stands on {@code model-candidates} and {@code model-updates}: chunks, and after them their manifest. */
public sealed interface ModelRecord {

  /** Name of the model it belongs to. */
  String modelName();

  /** Ties chunks to their manifest. */
  String candidateId();

  /** Everything but the parameter bytes; the last record of a version. */
  record Manifest(ModelManifest manifest) implements ModelRecord {
    @Override
    public String modelName() {
      return manifest.getModelName();
    }

    @Override
    public String candidateId() {
      return manifest.getCandidateId();
    }
  }

  /** A piece of the parameter bytes. */
  record Chunk(ModelChunk chunk) implements ModelRecord {
    @Override
    public String modelName() {
      return chunk.getModelName();
    }

    @Override
    public String candidateId() {
      return chunk.getCandidateId();
    }
  }
}
