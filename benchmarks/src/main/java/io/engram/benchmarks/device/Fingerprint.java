package io.engram.benchmarks.device;

import io.engram.core.meta.MetaState;
import io.engram.core.meta.Moments;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of every bit that training moves. */
final class Fingerprint {

  private Fingerprint() {}

  static String of(MetaState state) {
    MessageDigest digest = sha256();
    add(digest, state.theta());
    add(digest, state.moments());
    add(digest, state.stepSizes());
    add(digest, state.stepSizeMoments());
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, state.updates()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Moments moments) {
    add(digest, moments.first());
    add(digest, moments.second());
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, moments.steps()));
  }

  private static void add(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    digest.update(bytes.flip());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
