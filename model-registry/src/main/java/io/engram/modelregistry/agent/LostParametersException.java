package io.engram.modelregistry.agent;

import io.engram.modelregistry.image.RegisteredVersion;

/** A version's parameter bytes are neither on disk nor in the topics. */
public final class LostParametersException extends IllegalStateException {

  LostParametersException(RegisteredVersion version) {
    super(
        "the parameters of model %s version %d (sha256 %s) are neither on disk nor in the topics"
            .formatted(version.manifest().getModelName(), version.version(), version.sha256()));
  }
}
