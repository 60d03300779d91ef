package io.engram.ingest.kafka.rejected;

import io.engram.ingest.domain.RecordHeader;
import io.engram.schemas.Rejected;
import io.engram.schemas.kafka.RejectedHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code examples.rejected}.
 *
 * @param rejected why, and where it stood; of the category {@code other} where its headers do not say so
 * @param attempts how often it was tried
 */
public record RejectedRecord(
    ConsumerRecord<byte[], byte[]> record, Rejected rejected, int attempts) {

  /** As it stands there. */
  public static RejectedRecord of(ConsumerRecord<byte[], byte[]> record) {
    Rejected rejected =
        RejectedHeaders.read(record.headers())
            .orElseGet(
                () ->
                    new Rejected(
                        "other",
                        "its headers do not say why it was rejected",
                        new Rejected.Source.File("unknown", 0)));
    return new RejectedRecord(
        record, rejected, Math.max(1, RejectedHeaders.attempts(record.headers())));
  }

  /** Where it stands among the rejected, e.g. {@code 0:17}. */
  public Position position() {
    return new Position(record.partition(), record.offset());
  }

  /** Its key as it came; null where it has none. */
  public byte @Nullable [] key() {
    return record.key();
  }

  /** Its value as it came; null where it has none. */
  public byte @Nullable [] value() {
    return record.value();
  }

  /** All its headers, those that say why it was rejected among them. */
  public List<RecordHeader> headers() {
    List<RecordHeader> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new RecordHeader(header.key(), header.value()));
    }
    return List.copyOf(headers);
  }

  /** When it was rejected. */
  public Instant at() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** A place among the rejected. */
  public record Position(int partition, long offset) {

    /**
     * Of partition and offset with a colon between them.
     *
     * @throws IllegalArgumentException if it is not written so
     */
    public static Position parse(String text) {
      String[] parts = text.split(":", -1);
      if (parts.length != 2 || !text.matches("\\d{1,9}:\\d{1,18}")) {
        throw new IllegalArgumentException(
            "found '%s', expected PARTITION:OFFSET such as 0:17".formatted(text));
      }
      return new Position(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }

    @Override
    public String toString() {
      return partition + ":" + offset;
    }
  }
}
