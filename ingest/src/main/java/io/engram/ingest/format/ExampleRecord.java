package io.engram.ingest.format;

import org.jspecify.annotations.Nullable;

/**
 * A record of a topic of examples, as far as a format may look at it. Its bytes are not to be changed.
 *
 * @param place where it stands
 * @param key null where it has none
 * @param value null for a tombstone
 * @param timestamp in milliseconds; below 0 where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ExampleRecord(
    Place place, byte @Nullable [] key, byte @Nullable [] value, Headers headers, long timestamp) {

  /** Where a record stands. */
  public record Place(String topic, int partition, long offset) {

    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  /** The headers of a record. */
  @FunctionalInterface
  public interface Headers {

    /** No header at all. */
    Headers NONE = name -> null;

    /** The value of the last header of a name; null where there is none, or it has no value. */
    byte @Nullable [] last(String name);
  }

  /** A value with nothing around it. */
  public static ExampleRecord of(byte @Nullable [] value) {
    return new ExampleRecord(new Place("", 0, 0), null, value, Headers.NONE, -1);
  }

  /** The same with another value. */
  public ExampleRecord with(byte @Nullable [] other) {
    return new ExampleRecord(place, key, other, headers, timestamp);
  }
}
