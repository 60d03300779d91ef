package io.engram.benchmarks.ingest;

import io.engram.benchmarks.crash.Waiting;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** When the newest committed task of each partition was read, by {@link System#nanoTime}; read by a thread of its own. */
final class TaskArrivals implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(50);

  private final CommittedReader reader;
  private final List<TopicPartition> partitions;
  private final Map<Integer, Long> newest = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::look, "bench-arrivals");
  private volatile boolean closing;

  TaskArrivals(Topics topics, Map<String, Object> kafka) {
    this.reader = new CommittedReader(kafka, Map.of("fetch.max.wait.ms", 20));
    Waiting.until(topics.tasks(), START, () -> !reader.partitions(topics.tasks()).isEmpty());
    this.partitions = reader.partitions(topics.tasks());
    reader.consumer().assign(partitions);
    reader.consumer().seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    while (!closing) {
      for (ConsumerRecord<byte[], byte[]> record : reader.consumer().poll(POLL)) {
        newest.put(record.partition(), System.nanoTime());
      }
    }
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
    return movedSince(nanos) == partitions.size();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
  }
}
