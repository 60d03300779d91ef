package io.engram.modelregistry.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What ties the events of the log together: each names the hash of the one before. The hash of an event is taken of that, of its place
 * and of its value.
 */
final class Chain {

  /** What the first event names. */
  private static final byte[] BEGINNING = new byte[32];

  private static final byte[] CONTEXT =
      "engram registry-events 1".getBytes(StandardCharsets.US_ASCII);

  private Chain() {}

  /** What the first event names; fresh. */
  static byte[] beginning() {
    return BEGINNING.clone();
  }

  /**
   * An event's hash.
   *
   * @param before that of the event before it
   * @param place how many events stand before it
   */
  static byte[] hash(byte[] before, long place, byte[] value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(CONTEXT);
      digest.update(before);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, place).array());
      return digest.digest(value);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
