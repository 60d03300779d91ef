package io.engram.learner.agent;

import io.engram.schemas.avro.ModelManifest;

/**
 * Meta-parameters on their way to the registry.
 *
 * @param manifest everything but the bytes
 * @param parameters the bytes of all tensors the manifest names, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Candidate(ModelManifest manifest, byte[] parameters) {

  public String id() {
    return manifest.getCandidateId();
  }
}
