package io.engram.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The ten bytes in front of every value: the marker C3 01 and the writer's schema fingerprint, little-endian. */
final class SingleObjectHeader {

  static final int BYTES = 10;

  private SingleObjectHeader() {}

  /**
   * The same bytes, once it is sure that they start with a header.
   *
   * @param expected name of what should stand there, for the message
   * @throws WireException if there is no such header
   */
  static byte[] require(byte @Nullable [] bytes, String expected) {
    if (bytes == null) {
      throw new WireException("found no value (null), expected " + expected);
    }
    return require(bytes, bytes.length, expected);
  }

  /** The same, of an array whose first {@code length} bytes are the value. */
  static byte[] require(byte[] bytes, int length, String expected) {
    if (length < BYTES) {
      throw new WireException(
          "found %d bytes, expected %s, which starts with a header of %d bytes"
              .formatted(length, expected, BYTES));
    }
    if (!stands(bytes)) {
      throw new WireException(
          "found the first bytes %02X %02X, expected %s in Avro single-object encoding, which starts with C3 01"
              .formatted(bytes[0], bytes[1], expected));
    }
    return bytes;
  }

  /** Whether bytes start with a header. */
  static boolean stands(byte[] bytes) {
    return bytes.length >= BYTES && bytes[0] == (byte) 0xC3 && bytes[1] == 0x01;
  }

  /** The writer's fingerprint, of bytes with a header. */
  static long fingerprint(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
  }
}
