package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.schema.SchemaSource;
import io.engram.ingest.format.tree.Parsed;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads records with one registry's frame, and no others. */
final class FramedReader implements RecordReader {

  private final String expected;
  private final FramedData data;
  private final BiFunction<ExampleRecord, Part, Optional<Frame>> frame;

  /**
   * @param expected the frame in words
   */
  FramedReader(
      String expected,
      SchemaSource schemas,
      BiFunction<ExampleRecord, Part, Optional<Frame>> frame) {
    this.expected = expected;
    this.data = new FramedData(schemas);
    this.frame = frame;
  }

  @Override
  public Opened open(ExampleRecord record) {
    return Opened.bare(read(record, Part.VALUE));
  }

  @Override
  public Parsed key(ExampleRecord record) {
    return read(record, Part.KEY);
  }

  private Parsed read(ExampleRecord record, Part part) {
    byte[] bytes = part.of(record);
    if (bytes == null) {
      return new Parsed.Refused("found nothing (null), expected " + expected);
    }
    Optional<Frame> found = frame.apply(record, part);
    return found.isPresent()
        ? data.read(bytes, found.get())
        : new Parsed.Refused("found %s, expected %s".formatted(what(bytes), expected));
  }

  private static String what(byte[] bytes) {
    return KnownFrames.name(bytes)
        .orElseGet(
            () ->
                bytes.length == 0
                    ? "no bytes"
                    : "%d bytes that begin with %02X".formatted(bytes.length, bytes[0]));
  }
}
