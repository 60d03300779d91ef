package io.engram.schemas;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record type in Avro's single-object encoding: the marker, the fingerprint of the writer's schema, the value. Bytes of
 * any writer whose schema is in the history are resolved to this program's schema. Safe for use by many threads.
 *
 * @param <T> the record
 */
public final class SingleObjectCodec<T extends SpecificRecord> {

  private final WireModel model;
  private final Schema schema;
  private final SchemaHistory history;
  private final BinaryMessageEncoder<T> encoder;
  private final Map<Long, DatumReader<T>> readers = new ConcurrentHashMap<>();

  SingleObjectCodec(Class<T> type, SchemaHistory history) {
    this.model = new WireModel();
    this.schema = model.getSchema(type);
    this.history = history;
    this.encoder = new BinaryMessageEncoder<>(model, schema);
  }

  /**
   * The value's bytes.
   *
   * @throws WireException if a field is missing or of the wrong type, which is a mistake of the caller
   */
  public byte[] encode(T value) {
    try {
      return encoder.encode(value).array();
    } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
      throw new WireException("cannot write a " + name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The value that the bytes hold. No length found in the bytes is trusted further than the bytes reach.
   *
   * @param bytes a whole Kafka value; null (a tombstone) is no value
   * @throws WireException if they are anything else than one whole value of this type
   */
  public T decode(byte @Nullable [] bytes) {
    byte[] value = SingleObjectHeader.require(bytes, "a " + name());
    return read(reader(SingleObjectHeader.fingerprint(value)), value, value.length, null);
  }

  /**
   * The value that the first {@code length} bytes hold, in a record that is used again: it and the byte buffers below it are written
   * over where they are large enough.
   *
   * @return {@code reuse}
   * @throws WireException as {@link #decode(byte[])} does; {@code reuse} then holds nothing of worth
   */
  public T decode(byte[] bytes, int length, T reuse) {
    byte[] value = SingleObjectHeader.require(bytes, length, "a " + name());
    return read(reader(SingleObjectHeader.fingerprint(value)), value, length, reuse);
  }

  /** Of the schema this program writes. */
  public long fingerprint() {
    return SchemaHistory.fingerprint(schema);
  }

  private DatumReader<T> reader(long fingerprint) {
    DatumReader<T> known = readers.get(fingerprint);
    if (known != null) {
      return known;
    }
    DatumReader<T> made = newReader(fingerprint);
    readers.put(fingerprint, made);
    return made;
  }

  @SuppressWarnings("unchecked") // the model's reader makes what the reader schema names: T
  private DatumReader<T> newReader(long fingerprint) {
    Schema writer = fingerprint == fingerprint() ? schema : history.find(fingerprint);
    if (writer == null) {
      throw new WireException(
          "found schema fingerprint %016x, which this program does not know; expected a %s (%016x). "
                  .formatted(fingerprint, name(), fingerprint())
              + "If a newer program wrote it, update this one");
    }
    if (!writer.getFullName().equals(schema.getFullName())) {
      throw new WireException("found a %s, expected a %s".formatted(writer.getName(), name()));
    }
    return (DatumReader<T>) model.createDatumReader(writer, schema);
  }

  private T read(DatumReader<T> reader, byte[] bytes, int end, @Nullable T reuse) {
    int length = end - SingleObjectHeader.BYTES;
    // A fresh decoder over the array: it knows how many bytes remain, so a poisoned length cannot
    // make it allocate.
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, SingleObjectHeader.BYTES, length, null);
    T value;
    try {
      value = reader.read(reuse, decoder);
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException e) {
      throw new WireException(
          "the %d bytes after the header are damaged or cut off, expected a whole %s: %s"
              .formatted(length, name(), cause(e)),
          e);
    }
    requireEnd(decoder, length);
    return value;
  }

  private void requireEnd(BinaryDecoder decoder, int length) {
    try {
      if (!decoder.isEnd()) {
        throw new WireException(
            "the %d bytes after the header hold more than the %s expected"
                .formatted(length, name()));
      }
    } catch (IOException e) {
      throw new WireException("the bytes after the header cannot be read: " + e.getMessage(), e);
    }
  }

  private static String cause(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private String name() {
    return schema.getName();
  }
}
