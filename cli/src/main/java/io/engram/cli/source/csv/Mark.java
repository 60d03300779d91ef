package io.engram.cli.source.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What the first bytes say of an encoding.
 *
 * @param charset the one they are of
 * @param length bytes of a byte order mark
 */
record Mark(Charset charset, int length) {

  /** Bytes that are enough to tell. */
  static final int LONGEST = 4;

  private static final int BYTE = 0xff;

  /**
   * Looks at them.
   *
   * @param head the first bytes
   * @param read how many there are
   * @param expected the encoding where they say nothing
   */
  static Mark of(byte[] head, int read, Charset expected) {
    if (begins(head, read, 0xef, 0xbb, 0xbf)) {
      return new Mark(StandardCharsets.UTF_8, 3);
    }
    if (begins(head, read, 0xff, 0xfe, 0, 0)) {
      return new Mark(Charset.forName("UTF-32LE"), LONGEST);
    }
    if (begins(head, read, 0xff, 0xfe)) {
      return new Mark(StandardCharsets.UTF_16LE, 2);
    }
    if (begins(head, read, 0xfe, 0xff)) {
      return new Mark(StandardCharsets.UTF_16BE, 2);
    }
    boolean open =
        expected.equals(StandardCharsets.UTF_8) || expected.equals(StandardCharsets.UTF_16);
    if (open && read == LONGEST) {
      return withoutMark(head, expected);
    }
    return new Mark(expected, 0);
  }

  /** Zeros beside the letters of the first two characters say it as well. */
  private static Mark withoutMark(byte[] head, Charset expected) {
    boolean little = head[1] == 0 && head[3] == 0 && head[0] != 0 && head[2] != 0;
    boolean big = head[0] == 0 && head[2] == 0 && head[1] != 0 && head[3] != 0;
    if (little) {
      return new Mark(StandardCharsets.UTF_16LE, 0);
    }
    return new Mark(big ? StandardCharsets.UTF_16BE : expected, 0);
  }

  private static boolean begins(byte[] head, int read, int... mark) {
    if (read < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((head[i] & BYTE) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
