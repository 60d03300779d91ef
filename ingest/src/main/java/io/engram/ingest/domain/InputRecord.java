package io.engram.ingest.domain;

import io.engram.ingest.format.ExampleRecord;
import io.engram.schemas.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code examples}, or of another topic beside it, as it stands in the log.
 *
 * @param topic empty: the one that its partition's grouper is named for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InputRecord(
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers,
    long offset,
    long timestamp,
    String topic) {

  /** Of the topic that its partition's grouper is named for. */
  public InputRecord(
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers,
      long offset,
      long timestamp) {
    this(key, value, headers, offset, timestamp, "");
  }

  /** The same at another time. */
  InputRecord at(long time) {
    return new InputRecord(key, value, headers, offset, time, topic);
  }

  /** The name of its topic. */
  String topic(Grouper.Source source) {
    return topic.isEmpty() ? source.topic() : topic;
  }

  /** As a format sees it. */
  ExampleRecord seen(Grouper.Source source) {
    return new ExampleRecord(
        new ExampleRecord.Place(topic(source), source.partition(), offset),
        key,
        value,
        this::last,
        timestamp);
  }

  /** Whose work it is part of; null where it does not say. */
  @Nullable TraceContext trace() {
    return headers.isEmpty() ? null : TraceContext.read(this::last).orElse(null);
  }

  private byte @Nullable [] last(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(name)) {
        return headers.get(i).value();
      }
    }
    return null;
  }
}
