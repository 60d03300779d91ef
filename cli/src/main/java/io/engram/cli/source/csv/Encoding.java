package io.engram.cli.source.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text. Where every byte below 128 is the character that ASCII has for it, lines are cut before they are decoded, so that one that
 * cannot be is known and its neighbours are read. Owned by one thread.
 */
final class Encoding {

  private static final Charset GUESS = Charset.forName("windows-1252");
  private static final int SHOWN = 40;
  private static final int ASCII = 0x80;
  private static final char REPLACEMENT = '\uFFFD';
  private static final String PROBE = "a,;\t|\"\r\n";

  private final Charset charset;
  private final boolean byLine;
  private final BufferedReader reader;

  private Encoding(Charset charset, InputStream bytes) {
    this.charset = charset;
    this.byLine = charset.equals(StandardCharsets.UTF_8) || likeAscii(charset);
    // Bytes and characters of ISO-8859-1 are one to one.
    this.reader =
        new BufferedReader(
            new InputStreamReader(bytes, byLine ? StandardCharsets.ISO_8859_1 : charset), 1 << 16);
  }

  /**
   * Takes a byte order mark off, if there is one; it says what the encoding is, whatever was expected.
   *
   * @param expected the encoding where the first bytes say nothing of it
   */
  static Encoding of(InputStream bytes, Charset expected) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, Mark.LONGEST);
    byte[] head = new byte[Mark.LONGEST];
    int read = in.readNBytes(head, 0, head.length);
    Mark mark = Mark.of(head, read, expected);
    in.unread(head, mark.length(), read - mark.length());
    return new Encoding(mark.charset(), in);
  }

  /** The text, or where lines are decoded one by one its bytes, each as a character. */
  BufferedReader reader() {
    return reader;
  }

  Charset charset() {
    return charset;
  }

  /** A row as the reader gave it. */
  Lines.Line line(long number, String read) {
    if (read.chars().allMatch(c -> c < ASCII)) {
      return new Lines.Line(number, read, null);
    }
    if (!byLine) {
      return new Lines.Line(number, read, read.indexOf(REPLACEMENT) < 0 ? null : trouble(read));
    }
    ByteBuffer bytes = ByteBuffer.wrap(read.getBytes(StandardCharsets.ISO_8859_1));
    try {
      return new Lines.Line(number, charset.newDecoder().decode(bytes).toString(), null);
    } catch (CharacterCodingException e) {
      return new Lines.Line(number, read, trouble(read));
    }
  }

  /** What follows, decoded as a whole. */
  Reader decoded() {
    return byLine ? new InputStreamReader(new Characters(reader), charset) : reader;
  }

  private Lines.Trouble trouble(String read) {
    boolean utf8 = charset.equals(StandardCharsets.UTF_8);
    return new Lines.Trouble(utf8 ? "not-utf-8" : "not-decodable", advice(read));
  }

  private String advice(String read) {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return "not %s ('%s'); say with --charset what it is".formatted(charset, shown(read));
    }
    String text = new String(read.getBytes(StandardCharsets.ISO_8859_1), GUESS);
    return "not UTF-8 (as %s it begins '%s'); say --charset %s, or what else it is, or save it as UTF-8"
        .formatted(GUESS, shown(text), GUESS);
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(SHOWN, text.length()));
  }

  private static boolean likeAscii(Charset charset) {
    return charset.canEncode()
        && charset.newEncoder().maxBytesPerChar() == 1
        && new String(PROBE.getBytes(charset), StandardCharsets.ISO_8859_1).equals(PROBE);
  }

  /** Bytes that were read as a character each. */
  private static final class Characters extends InputStream {
    private final BufferedReader reader;

    Characters(BufferedReader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      return reader.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      char[] characters = new char[length];
      int read = reader.read(characters, 0, length);
      for (int i = 0; i < read; i++) {
        into[from + i] = (byte) characters[i];
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
