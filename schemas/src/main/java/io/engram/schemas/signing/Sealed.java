package io.engram.schemas.signing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a signature is under. No signature of one kind is good for another. */
public enum Sealed {
  /** A manifest on {@code model-candidates}: the record's value. By a learner. */
  CANDIDATE("engram candidate 1"),
  /** A manifest on {@code model-updates}: its publication's number and the record's value. By the registry. */
  UPDATE("engram update 1"),
  /** An event on {@code registry-events}: its hash in the chain. By the registry. */
  EVENT("engram registry event 1");

  private final String context;

  Sealed(String context) {
    this.context = context;
  }

  /** What is signed: the context, and each part after its length. */
  byte[] message(byte[]... parts) {
    byte[] name = context.getBytes(StandardCharsets.US_ASCII);
    int length = name.length + 1;
    for (byte[] part : parts) {
      length = Math.addExact(length, Long.BYTES + part.length);
    }
    ByteBuffer message = ByteBuffer.allocate(length).put(name).put((byte) 0);
    for (byte[] part : parts) {
      message.putLong(part.length).put(part);
    }
    return message.array();
  }
}
