package io.engram.modelregistry.kafka;

import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a log as they are read, each in the place that its writer gave it. Of two events in one place the later one holds,
 * and what followed the earlier one falls.
 *
 * <p>Two writers claim one place where a cluster lost the markers of a commit: its events stay hidden, a restarted registry does not see
 * them, decides again, and its own commit makes both visible. Nobody has acted on the hidden ones.
 */
final class EventLog {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final String PLACE = "engram.place";

  private final List<ModelEvent> events = new ArrayList<>();

  /** The header that says how many events stand before this one. */
  static Header place(long eventsBefore) {
    return new RecordHeader(
        PLACE, ByteBuffer.allocate(Long.BYTES).putLong(0, eventsBefore).array());
  }

  /**
   * Takes the next record of the log.
   *
   * @param event what the record holds
   * @throws KafkaException if events before this one are missing
   */
  void add(ConsumerRecord<byte[], byte[]> record, ModelEvent event) {
    long place = placeOf(record.headers(), events.size());
    if (place > events.size()) {
      throw new KafkaException(
          "%s at offset %d is event %d, but only %d events stand before it; a log that has lost records cannot be replayed, restore the topic"
              .formatted(record.topic(), record.offset(), place + 1, events.size()));
    }
    List<ModelEvent> superseded = events.subList((int) place, events.size());
    if (!superseded.isEmpty()) {
      LOG.warn(
          "{} at offset {} takes the place of {} events whose commit nobody saw",
          record.topic(),
          record.offset(),
          superseded.size());
      superseded.clear();
    }
    events.add(event);
  }

  /** What the events say. */
  RegistryImage image() {
    return RegistryImage.EMPTY.apply(events);
  }

  private static long placeOf(Headers headers, long otherwise) {
    Header header = headers.lastHeader(PLACE);
    return header == null || header.value().length != Long.BYTES
        ? otherwise
        : ByteBuffer.wrap(header.value()).getLong();
  }
}
