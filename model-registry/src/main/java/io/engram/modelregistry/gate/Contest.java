package io.engram.modelregistry.gate;

import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/** A candidate and the champion it would replace, if there is one. */
public record Contest(ModelManifest candidate, Optional<ModelManifest> champion) {

  /** Tasks that the candidate has learned from and the champion has not. */
  long tasksBetween() {
    return candidate.getLineage().getTasks()
        - champion.map(manifest -> manifest.getLineage().getTasks()).orElse(0L);
  }
}
