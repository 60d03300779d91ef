package io.engram.modelregistry.agent;

import io.engram.modelregistry.image.CandidatePosition;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/** What came to an end on {@code model-candidates}. */
public sealed interface ReceivedCandidate {

  /** Where to go on reading once this is dealt with. */
  CandidatePosition read();

  /** Whose work led to it; empty where it does not say. */
  default Optional<TraceContext> trace() {
    return Optional.empty();
  }

  /** A whole candidate, its checksum verified. */
  @SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed over once
  record Whole(
      CandidatePosition read,
      ModelManifest manifest,
      byte[] parameters,
      @Override Optional<TraceContext> trace)
      implements ReceivedCandidate {

    /** Of nobody's work. */
    public Whole(CandidatePosition read, ModelManifest manifest, byte[] parameters) {
      this(read, manifest, parameters, Optional.empty());
    }
  }

  /** A candidate that cannot be had. */
  record Broken(
      CandidatePosition read,
      String model,
      String candidateId,
      String reason,
      @Override Optional<TraceContext> trace)
      implements ReceivedCandidate {

    /** Of nobody's work. */
    public Broken(CandidatePosition read, String model, String candidateId, String reason) {
      this(read, model, candidateId, reason, Optional.empty());
    }
  }

  /**
   * A chunk beyond what is kept of unfinished candidates; nothing of its candidate is.
   *
   * @param first whether it is the first one of its candidate that was
   */
  record Beyond(CandidatePosition read, String reason, boolean first)
      implements ReceivedCandidate {}

  /** A record that is neither chunk nor manifest, so that nobody knows whose it is. */
  record Unreadable(CandidatePosition read, String reason) implements ReceivedCandidate {}
}
