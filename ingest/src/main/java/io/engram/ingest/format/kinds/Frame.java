package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.schema.SchemaId;
import io.engram.ingest.format.schema.SchemaId.Kind;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a registry's serializer marks a record: the id of its schema, in a header or in front of the data.
 *
 * @param whose e.g. {@code Confluent's}
 * @param from where the data begin
 */
record Frame(String whose, SchemaId id, int from) {

  static final String CONFLUENT = "Confluent's frame";
  static final String APICURIO = "Apicurio's frame";

  private static final int SHORT = 5;
  private static final int LONG = 9;
  private static final int GUID = 17;

  /** 00 and 4 bytes in front, or a header of 01 and 16 bytes. */
  static Optional<Frame> confluent(ExampleRecord record, Part part) {
    byte[] header = record.headers().last(part.confluentHeader());
    if (header != null && header.length == GUID && header[0] == 1) {
      ByteBuffer guid = ByteBuffer.wrap(header);
      String text = new UUID(guid.getLong(1), guid.getLong(9)).toString();
      return Optional.of(new Frame(CONFLUENT, new SchemaId(Kind.CONFLUENT_GUID, text), 0));
    }
    if (header != null && header.length == SHORT && header[0] == 0) {
      return Optional.of(new Frame(CONFLUENT, confluentId(header), 0));
    }
    byte[] bytes = part.of(record);
    return bytes != null && bytes.length >= SHORT && bytes[0] == 0
        ? Optional.of(new Frame(CONFLUENT, confluentId(bytes), SHORT))
        : Optional.empty();
  }

  /** 00 and 8 bytes in front, or a header of 8 bytes. */
  static Optional<Frame> apicurio(ExampleRecord record, Part part, Kind kind) {
    Optional<Frame> header =
        inHeader(record.headers().last(part.globalIdHeader()), Kind.APICURIO_GLOBAL)
            .or(
                () ->
                    inHeader(record.headers().last(part.contentIdHeader()), Kind.APICURIO_CONTENT));
    if (header.isPresent()) {
      return header;
    }
    byte[] bytes = part.of(record);
    return bytes != null && bytes.length >= LONG && bytes[0] == 0
        ? Optional.of(
            new Frame(
                APICURIO,
                new SchemaId(kind, Long.toString(ByteBuffer.wrap(bytes).getLong(1))),
                LONG))
        : Optional.empty();
  }

  /** Whosever it is. Confluent's ids begin at 1: one of 0 is the first half of Apicurio's 8 bytes. */
  static Optional<Frame> any(ExampleRecord record, Part part) {
    byte[] bytes = part.of(record);
    boolean headed =
        record.headers().last(part.globalIdHeader()) != null
            || record.headers().last(part.contentIdHeader()) != null;
    boolean longId =
        bytes != null
            && bytes.length >= LONG
            && bytes[0] == 0
            && ByteBuffer.wrap(bytes).getInt(1) == 0
            && record.headers().last(part.confluentHeader()) == null;
    return headed || longId
        ? apicurio(record, part, Kind.APICURIO_GLOBAL)
        : confluent(record, part);
  }

  private static SchemaId confluentId(byte[] bytes) {
    return new SchemaId(Kind.CONFLUENT, Integer.toString(ByteBuffer.wrap(bytes).getInt(1)));
  }

  private static Optional<Frame> inHeader(byte @Nullable [] header, Kind kind) {
    return header != null && header.length == Long.BYTES
        ? Optional.of(
            new Frame(
                APICURIO, new SchemaId(kind, Long.toString(ByteBuffer.wrap(header).getLong())), 0))
        : Optional.empty();
  }
}
