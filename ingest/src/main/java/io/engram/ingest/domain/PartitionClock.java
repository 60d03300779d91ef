package io.engram.ingest.domain;

/**
 * The times of one partition, in milliseconds.
 *
 * @param now on the clock
 * @param startedAt when this process took the partition over, on the clock
 * @param lastRecordAt when its last record was processed, on the clock; {@code startedAt} before the first
 * @param streamTime greatest event time seen
 */
record PartitionClock(long now, long startedAt, long lastRecordAt, long streamTime) {

  static PartitionClock startingAt(long now) {
    return new PartitionClock(now, now, now, Long.MIN_VALUE / 2);
  }

  PartitionClock afterRecord(long at, long eventTime) {
    return new PartitionClock(at, startedAt, at, Math.max(streamTime, eventTime));
  }

  PartitionClock at(long time) {
    return new PartitionClock(time, startedAt, lastRecordAt, streamTime);
  }
}
