package io.engram.cli.forget;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are looked for in other bytes. */
public final class Needle {

  private final byte[] wanted;
  private final int[] skip = new int[256];

  /**
   * @param wanted at least one byte
   */
  public Needle(byte[] wanted) {
    if (wanted.length == 0) {
      throw new IllegalArgumentException("there is nothing to look for");
    }
    this.wanted = wanted.clone();
    // Horspool: by how much the place to look at moves on, by the byte at its end.
    Arrays.fill(skip, wanted.length);
    for (int i = 0; i < wanted.length - 1; i++) {
      skip[wanted[i] & 0xFF] = wanted.length - 1 - i;
    }
  }

  /** The UTF-8 bytes of a text. */
  public static Needle of(String text) {
    return new Needle(text.getBytes(StandardCharsets.UTF_8));
  }

  int length() {
    return wanted.length;
  }

  /** Whether they stand in it. */
  public boolean in(byte[] bytes) {
    return in(bytes, bytes.length);
  }

  /** Whether they stand in its first {@code length} bytes. */
  boolean in(byte[] bytes, int length) {
    int at = 0;
    while (at <= length - wanted.length) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
      at += skip[bytes[at + wanted.length - 1] & 0xFF];
    }
    return false;
  }
}
