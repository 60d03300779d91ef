package io.engram.modelregistry.agent;

import io.engram.modelregistry.image.CandidatePosition;
import io.engram.schemas.avro.ModelManifest;

/** What came to an end on {@code model-candidates}. */
public sealed interface ReceivedCandidate {

  /** Where to go on reading once this is dealt with. */
  CandidatePosition read();

  /** A whole candidate, its checksum verified. */
  @SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed over once
  record Whole(CandidatePosition read, ModelManifest manifest, byte[] parameters)
      implements ReceivedCandidate {}

  /** A candidate that cannot be had. */
  record Broken(CandidatePosition read, String model, String candidateId, String reason)
      implements ReceivedCandidate {}

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
