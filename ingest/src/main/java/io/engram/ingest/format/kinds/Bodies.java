package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.schema.SchemaSource;
import io.engram.ingest.format.tree.JsonTrees;
import io.engram.ingest.format.tree.Parsed;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the data of a record, whatever its headers and first bytes say that they are. */
final class Bodies {

  private static final int BYTES_SHOWN = 8;

  private final @Nullable FramedData framed;

  Bodies(Optional<SchemaSource> schemas) {
    this.framed = schemas.map(FramedData::new).orElse(null);
  }

  /** One of the record's two parts. */
  Parsed read(ExampleRecord record, Part part) {
    byte[] bytes = part.of(record);
    if (bytes == null || bytes.length == 0) {
      return new Parsed.Refused(
          part == Part.KEY ? "the record has no key" : "the record's value has no bytes");
    }
    if (azure(bytes)) {
      return new Parsed.Refused("Azure's frame, which is not read");
    }
    Optional<Frame> frame = Frame.any(record, part);
    if (frame.isPresent()) {
      return framed == null
          ? new Parsed.Refused(
              "%s with %s, but neither registry-url nor registry-dir is set"
                  .formatted(frame.get().whose(), frame.get().id()))
          : framed.read(bytes, frame.get());
    }
    Optional<Parsed> unread = unread(bytes);
    return unread.orElseGet(() -> JsonTrees.read(bytes));
  }

  /** Why bytes without a frame cannot be JSON; empty where they may be. */
  static Optional<Parsed> unread(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.of(new Parsed.Refused("the record's value has no bytes"));
    }
    Optional<String> known = KnownFrames.name(bytes);
    if (known.isPresent()) {
      return Optional.of(
          new Parsed.Refused("the value is %s, which is not read".formatted(known.get())));
    }
    return binary(bytes)
        ? Optional.of(
            new Parsed.Refused(
                "the value is of no known kind (Protobuf without a frame?): its %d bytes begin with %s"
                    .formatted(
                        bytes.length,
                        HexFormat.ofDelimiter(" ")
                            .formatHex(bytes, 0, Math.min(BYTES_SHOWN, bytes.length)))))
        : Optional.empty();
  }

  /** A byte that no text begins with, be it UTF-8 or (with its mark, or for JSON without one) UTF-16 or UTF-32. */
  private static boolean binary(byte[] bytes) {
    int first = bytes[0] & 0xff;
    boolean mark = first == 0xef || first == 0xfe || first == 0xff || first == 0;
    boolean blank = first == ' ' || first == '\t' || first == '\n' || first == '\r';
    return !mark && !blank && (first < ' ' || first >= 0x7f);
  }

  private static boolean azure(byte[] bytes) {
    if (bytes.length < 36 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 0 || bytes[3] != 0) {
      return false;
    }
    for (int i = 4; i < 36; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
