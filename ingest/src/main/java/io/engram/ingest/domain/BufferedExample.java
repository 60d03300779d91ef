package io.engram.ingest.domain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An accepted example that waits for its task to be closed, just as it came, so that it can still be rejected byte for byte. Where its key is
 * another than its task's, or it came from another topic than {@code examples}, two headers of its own say so.
 *
 * @param offset in the partition of its topic
 * @param timestamp event time in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BufferedExample(
    byte[] value, List<RecordHeader> headers, long offset, long timestamp) {

  private static final String KEY = "engram.came.with-key";
  private static final String TOPIC = "engram.came.from-topic";

  /** What is kept of a record. */
  static BufferedExample of(InputRecord record, byte[] value, String taskKey) {
    List<RecordHeader> headers = record.headers();
    boolean otherKey = !Arrays.equals(record.key(), taskKey.getBytes(StandardCharsets.UTF_8));
    if (otherKey || !record.topic().isEmpty()) {
      headers = new ArrayList<>(headers);
      if (otherKey) {
        headers.add(new RecordHeader(KEY, record.key()));
      }
      if (!record.topic().isEmpty()) {
        headers.add(new RecordHeader(TOPIC, record.topic().getBytes(StandardCharsets.UTF_8)));
      }
    }
    return new BufferedExample(value, headers, record.offset(), record.timestamp());
  }

  /** The record as it came, but for its time. */
  InputRecord cameAs(String taskKey) {
    Optional<RecordHeader> key = noted(KEY);
    return new InputRecord(
        key.isPresent() ? key.get().value() : taskKey.getBytes(StandardCharsets.UTF_8),
        value,
        headers.stream().filter(header -> !own(header)).toList(),
        offset,
        timestamp,
        topic().orElse(""));
  }

  /** The topic it came from; empty: {@code examples}. */
  public Optional<String> topic() {
    return noted(TOPIC)
        .map(RecordHeader::value)
        .map(name -> new String(name, StandardCharsets.UTF_8));
  }

  private Optional<RecordHeader> noted(String name) {
    return headers.stream().filter(header -> header.key().equals(name)).findFirst();
  }

  private static boolean own(RecordHeader header) {
    return header.key().equals(KEY) || header.key().equals(TOPIC);
  }
}
