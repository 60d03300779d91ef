package io.engram.cli.source.csv;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How bytes become text. UTF-8 is taken line by line, so that a line that is none is known and its neighbours are read.
 *
 * @param charset of the text
 */
record Encoding(Charset charset) {

  private static final Charset GUESS = Charset.forName("windows-1252");
  private static final int SHOWN = 40;

  BufferedReader reader(InputStream bytes) {
    // Bytes and characters of ISO-8859-1 are one to one, and line breaks, quotes and delimiters are
    // the same in UTF-8.
    return new BufferedReader(
        new InputStreamReader(bytes, byLine() ? StandardCharsets.ISO_8859_1 : charset), 1 << 16);
  }

  /** A row of a reader of this encoding. */
  Lines.Line line(long number, String read) {
    if (!byLine() || read.chars().allMatch(c -> c < 0x80)) {
      return new Lines.Line(number, read, true);
    }
    ByteBuffer bytes = ByteBuffer.wrap(read.getBytes(StandardCharsets.ISO_8859_1));
    try {
      return new Lines.Line(
          number, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), true);
    } catch (CharacterCodingException e) {
      return new Lines.Line(number, read, false);
    }
  }

  /** What to do about a line that is not readable. */
  static String advice(Lines.Line line) {
    String text = new String(line.bytes(), GUESS);
    return "not UTF-8 (as %s it begins '%s'); say --charset %s, or what else it is, or save it as UTF-8"
        .formatted(GUESS, text.substring(0, Math.min(SHOWN, text.length())), GUESS);
  }

  private boolean byLine() {
    return charset.equals(StandardCharsets.UTF_8);
  }
}
