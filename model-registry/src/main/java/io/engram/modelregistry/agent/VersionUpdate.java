package io.engram.modelregistry.agent;

import io.engram.schemas.avro.ModelManifest;

/**
 * A version that becomes what {@code model-updates} holds of its model.
 *
 * @param replacedChunks how many chunks the version published before it has; those beyond this one's get tombstones
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed over once
public record VersionUpdate(ModelManifest manifest, byte[] parameters, int replacedChunks) {}
