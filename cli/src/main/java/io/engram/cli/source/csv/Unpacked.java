package io.engram.cli.source.csv;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.engram.cli.source.SourceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The bytes of a table, unpacked where they are packed, whatever the file is called; what is no table is named. */
final class Unpacked {

  /** Enough to know any of them by. */
  private static final int HEAD = 6;

  private static final int BUFFER = 1 << 16;
  private static final String GZIP = "1f8b";
  private static final String ZSTD = "28b52ffd";

  private static final List<Foreign> FOREIGN =
      List.of(
          new Foreign("50415231", "a Parquet file", "df.to_csv(…) of pandas writes it as one"),
          new Foreign("4152524f5731", "a Feather file", "df.to_csv(…) of pandas writes it as one"),
          new Foreign("894844460d0a", "an HDF5 file", "df.to_csv(…) of pandas writes it as one"),
          new Foreign("800495", "a Python pickle", "df.to_csv(…) of pandas writes it as one"),
          new Foreign("800595", "a Python pickle", "df.to_csv(…) of pandas writes it as one"),
          new Foreign("4f626a01", "an Avro file", "write it as CSV"),
          new Foreign(
              "504b0304",
              "a zip archive or a workbook (.xlsx, .ods)",
              "unpack it, or save the sheet as CSV UTF-8"),
          new Foreign("d0cf11e0", "an Excel workbook (.xls)", "save the sheet as CSV UTF-8"),
          new Foreign("53514c697465", "an SQLite database", "sqlite3 -header -csv FILE 'select …'"),
          new Foreign("25504446", "a PDF", "write the table as CSV"),
          new Foreign("425a68", "packed by bzip2", "unpack it; .gz and .zst are read as they are"),
          new Foreign(
              "fd377a585a00", "packed by xz", "unpack it; .gz and .zst are read as they are"),
          new Foreign("377abcaf271c", "a 7z archive", "unpack it"),
          new Foreign("3c21444f4354", "a web page", "write the table as CSV"),
          new Foreign("3c68746d6c", "a web page", "write the table as CSV"),
          new Foreign("3c3f786d6c", "XML", "write the table as CSV"));

  /**
   * What is no table that can be read.
   *
   * @param begins its first bytes, hexadecimal
   * @param what it is
   * @param instead what to do
   */
  private record Foreign(String begins, String what, String instead) {}

  private Unpacked() {}

  /**
   * The bytes.
   *
   * @param name for messages
   * @throws SourceException if they are of a known kind that is no table
   */
  static InputStream of(InputStream bytes, String name) throws IOException {
    BufferedInputStream in = new BufferedInputStream(bytes, BUFFER);
    String head = head(in);
    if (head.startsWith(GZIP)) {
      return checked(new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER), name);
    }
    if (head.startsWith(ZSTD)) {
      return checked(new BufferedInputStream(new ZstdInputStreamNoFinalizer(in), BUFFER), name);
    }
    return checked(in, name);
  }

  private static InputStream checked(BufferedInputStream in, String name) throws IOException {
    String head = head(in);
    for (Foreign it : FOREIGN) {
      if (head.startsWith(it.begins)) {
        throw new SourceException(
            "%s is %s, no CSV with a header; %s".formatted(name, it.what, it.instead));
      }
    }
    return in;
  }

  /** The first bytes, which stay to be read. */
  private static String head(BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = new byte[HEAD];
    int read = in.readNBytes(head, 0, HEAD);
    in.reset();
    return HexFormat.of().formatHex(Arrays.copyOf(head, read));
  }
}
