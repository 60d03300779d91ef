package io.engram.modelregistry.gate;

import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/**
 * A candidate and the champion it would replace, if there is one.
 *
 * @param measured what the registry itself found of both, if it did
 */
public record Contest(
    ModelManifest candidate, Optional<ModelManifest> champion, Optional<Measured> measured) {

  /** By what they say of themselves. */
  public Contest(ModelManifest candidate, Optional<ModelManifest> champion) {
    this(candidate, champion, Optional.empty());
  }

  /** What the registry found, where candidate and champion can be compared by it. */
  Optional<Measured> comparison() {
    return measured.filter(found -> champion.isPresent() && found.comparable());
  }

  /** Tasks that the candidate has learned from and the champion has not. */
  long tasksBetween() {
    return candidate.getLineage().getTasks()
        - champion.map(manifest -> manifest.getLineage().getTasks()).orElse(0L);
  }
}
