package io.engram.learner.agent;

import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/**
 * Meta-parameters on their way to the registry.
 *
 * @param manifest everything but the bytes
 * @param parameters the bytes of all tensors the manifest names, in its order
 * @param trace whose work led to it: that of the task that closed its group; lost where it is made again after a crash, since no store
 *     holds it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Candidate(ModelManifest manifest, byte[] parameters, Optional<TraceContext> trace) {

  /** Of nobody's work. */
  public Candidate(ModelManifest manifest, byte[] parameters) {
    this(manifest, parameters, Optional.empty());
  }

  /** The same, as somebody's work. */
  Candidate of(Optional<TraceContext> cause) {
    return new Candidate(manifest, parameters, cause);
  }

  public String id() {
    return manifest.getCandidateId();
  }
}
