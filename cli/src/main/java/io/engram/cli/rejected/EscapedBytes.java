package io.engram.cli.rejected;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Any bytes in one line of plain text: what is printable as it is, the rest as {@code \\xNN}. */
final class EscapedBytes {

  private static final HexFormat HEX = HexFormat.of();
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  private EscapedBytes() {}

  /**
   * In one line.
   *
   * @param most bytes that are shown
   */
  static String of(byte @Nullable [] bytes, int most) {
    if (bytes == null) {
      return "none";
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, most); i++) {
      byte one = bytes[i];
      if (one == '\\') {
        line.append("\\\\");
      } else if (one >= FIRST_PRINTABLE && one <= LAST_PRINTABLE) {
        line.append((char) one);
      } else {
        line.append("\\x").append(HEX.toHexDigits(one));
      }
    }
    if (bytes.length > most) {
      line.append("… (%,d bytes)".formatted(bytes.length));
    }
    return line.toString();
  }
}
