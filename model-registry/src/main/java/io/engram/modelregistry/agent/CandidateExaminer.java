package io.engram.modelregistry.agent;

import io.engram.modelregistry.gate.Measured;
import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/**
 * Reads a candidate as whoever takes versions does, and measures it. The registry itself knows no networks.
 *
 * <p><b>Threading:</b> the registry's thread only. <b>Time:</b> bounded; what takes longer is unusable. <b>Idempotence:</b> the same
 * candidate is found the same, as long as what it is measured on is the same. <b>Failure:</b> none: whatever a candidate holds, and
 * whatever goes wrong with it, is a finding.
 */
public interface CandidateExaminer extends AutoCloseable {

  /** Takes everything, and measures nothing. */
  CandidateExaminer NONE = (candidate, champion) -> new Finding.Usable(Optional.empty());

  /**
   * Examines a candidate.
   *
   * @param champion that of its model, where there is one and its parameters are at hand
   */
  Finding examine(Exhibit candidate, Optional<Exhibit> champion);

  @Override
  default void close() {}

  /** A version to look at. */
  @SuppressWarnings("ArrayRecordComponent") // opaque bytes, never compared
  record Exhibit(ModelManifest manifest, byte[] parameters) {}

  /** What came of it. */
  sealed interface Finding {

    /** Whoever takes versions can take it. */
    record Usable(Optional<Measured> measured) implements Finding {}

    /** Nobody could use it. */
    record Unusable(String reason) implements Finding {}
  }
}
