package io.engram.benchmarks.ingest;

import io.engram.benchmarks.crash.LogFollower;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When the newest committed task of each partition was read, by {@link System#nanoTime}. */
final class TaskArrivals implements AutoCloseable {

  private final Map<Integer, Long> newest = new ConcurrentHashMap<>();
  private final LogFollower log;

  TaskArrivals(Topics topics, Map<String, Object> kafka) {
    this.log =
        new LogFollower(
            kafka,
            List.of(topics.tasks()),
            (record, nanos) -> newest.put(record.partition(), nanos));
  }

  /** In how many partitions a task came after a moment. */
  private long movedSince(long nanos) {
    return newest.values().stream().filter(it -> it > nanos).count();
  }

  /** Whether one came after a moment anywhere. */
  boolean anySince(long nanos) {
    return movedSince(nanos) > 0;
  }

  /** Whether one came after a moment in every partition. */
  boolean allSince(long nanos) {
    return movedSince(nanos) == log.partitions();
  }

  @Override
  public void close() {
    log.close();
  }
}
