package io.engram.model;

import io.engram.schemas.avro.ModelManifest;

/** A whole, uncorrupted version that this program cannot use: what it found, what it expected and what to do. */
public final class UnreadableVersionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableVersionException(ModelManifest manifest, String problem) {
    super(where(manifest) + problem);
  }

  UnreadableVersionException(ModelManifest manifest, String problem, Throwable cause) {
    super(where(manifest) + problem, cause);
  }

  private static String where(ModelManifest manifest) {
    return manifest.getVersion() == 0
        ? "candidate %s of model '%s': "
            .formatted(manifest.getCandidateId(), manifest.getModelName())
        : "version %d of model '%s': ".formatted(manifest.getVersion(), manifest.getModelName());
  }
}
