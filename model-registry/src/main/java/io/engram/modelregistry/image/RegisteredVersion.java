package io.engram.modelregistry.image;

import io.engram.schemas.avro.ModelManifest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;

/**
 * A registered version.
 *
 * @param manifest lineage, metrics and checksums; never changed
 * @param parametersKept whether the parameter bytes are still kept, so that it can be published
 * @param tags the user's notes
 */
public record RegisteredVersion(
    long version,
    ModelManifest manifest,
    Instant registeredAt,
    boolean parametersKept,
    PSortedMap<String, String> tags) {

  public String candidateId() {
    return manifest.getCandidateId();
  }

  /** The candidate it was learned on from, or null for the first of a line. */
  public @Nullable String parentCandidateId() {
    return manifest.getLineage().getParentCandidateId();
  }

  /** Names its parameter bytes. */
  public String sha256() {
    return manifest.getSha256();
  }

  RegisteredVersion withoutParameters() {
    return new RegisteredVersion(version, manifest, registeredAt, false, tags);
  }

  RegisteredVersion withTags(PSortedMap<String, String> newTags) {
    return new RegisteredVersion(version, manifest, registeredAt, parametersKept, newTags);
  }
}
