package io.engram.schemas;

import io.engram.schemas.avro.ModelManifest;

/** What a record meant to a {@link ModelAssembler}. */
public sealed interface Assembly {

  /** A chunk was taken (or was there already); its manifest has not come yet. */
  record Partial(String modelName, String candidateId, int received, int count)
      implements Assembly {}

  /**
   * A whole version, its length and checksum verified.
   *
   * @param parameters fresh; the caller's own
   */
  @SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed over once
  record Complete(ModelManifest manifest, byte[] parameters) implements Assembly {}

  /**
   * A version that cannot be had, or a record that makes no sense; the assembler goes on with the next.
   *
   * @param reason what was found and what was expected
   */
  record Broken(String modelName, String candidateId, String reason) implements Assembly {}

  /**
   * A chunk beyond the {@link AssemblyLimits}: nothing of its version is kept any more.
   *
   * @param first whether it is the first one of its version that was
   */
  record Dropped(String modelName, String candidateId, String reason, boolean first)
      implements Assembly {}
}
