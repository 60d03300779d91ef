package io.engram.modelregistry.kafka;

import io.engram.modelregistry.image.ModelEvent;
import io.engram.schemas.WireException;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Seal;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code registry-events} that holds an event.
 *
 * @param place how many events stand before it, −1 where it does not say (logs of old)
 * @param before the hash of the event before it; null where it does not say (logs of old)
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, never compared
record LogRecord(
    long offset,
    byte[] value,
    ModelEvent event,
    long place,
    byte @Nullable [] before,
    @Nullable Seal seal) {

  static final String PLACE = "engram.place";
  static final String BEFORE = "engram.before";

  private static final int HASH_BYTES = 32;

  /**
   * Reads a record.
   *
   * @throws WireException if it holds no event, or a header of ours that makes no sense
   */
  static LogRecord read(ConsumerRecord<byte[], byte[]> record) {
    ModelEvent event = EventCodec.decode(record.value());
    byte[] place = header(record.headers(), PLACE, Long.BYTES);
    byte[] before = header(record.headers(), BEFORE, HASH_BYTES);
    long number = place == null ? -1 : ByteBuffer.wrap(place).getLong();
    if ((place != null && number < 0) || (before != null && place == null)) {
      throw new WireException("it does not say which place it has, expected 0, 1, 2 …");
    }
    Seal seal = SealHeaders.read(record.headers());
    return new LogRecord(record.offset(), record.value(), event, number, before, seal);
  }

  /** The headers of an event: its place, and what ties it to the one before. */
  static void write(Headers headers, long place, byte[] before) {
    headers.add(place(place));
    headers.add(BEFORE, before);
  }

  /** The header that says how many events stand before this one. */
  static Header place(long eventsBefore) {
    return new RecordHeader(PLACE, SealHeaders.number(eventsBefore));
  }

  private static byte @Nullable [] header(Headers headers, String key, int length) {
    Header header = headers.lastHeader(key);
    if (header == null) {
      return null;
    }
    if (header.value() == null || header.value().length != length) {
      throw new WireException("its header %s is not %d bytes".formatted(key, length));
    }
    return header.value();
  }
}
