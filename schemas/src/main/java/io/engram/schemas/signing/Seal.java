package io.engram.schemas.signing;

/**
 * A signature, and which key made it.
 *
 * @param keyId as {@link TrustedKeys} names it
 * @param signature Ed25519, 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, never compared
public record Seal(String keyId, byte[] signature) {}
