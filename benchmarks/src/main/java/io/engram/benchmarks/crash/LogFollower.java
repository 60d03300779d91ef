package io.engram.benchmarks.crash;

import io.engram.kafkakit.CommittedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed in topics from their beginning, as it comes, in a thread of its own. */
public final class LogFollower implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(50);

  private final CommittedReader reader;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Seen seen;
  private final Thread thread = new Thread(this::look, "bench-follower");
  private volatile boolean closing;

  /** Who is told of each record. */
  @FunctionalInterface
  public interface Seen {

    /**
     * A record was read; called by the follower's thread.
     *
     * @param nanos when, by {@link System#nanoTime}
     */
    void at(ConsumerRecord<byte[], byte[]> record, long nanos);
  }

  /** Begins, once the topics are there: roles that are just starting make them. */
  public LogFollower(Map<String, Object> kafka, List<String> topics, Seen seen) {
    this.reader = new CommittedReader(kafka, Map.of("fetch.max.wait.ms", 20));
    this.seen = seen;
    for (String topic : topics) {
      Waiting.until(topic, START, () -> !reader.partitions(topic).isEmpty());
      partitions.addAll(reader.partitions(topic));
    }
    reader.consumer().assign(partitions);
    reader.consumer().seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  /** How many partitions the topics have together. */
  public int partitions() {
    return partitions.size();
  }

  private void look() {
    while (!closing) {
      for (ConsumerRecord<byte[], byte[]> record : reader.consumer().poll(POLL)) {
        seen.at(record, System.nanoTime());
      }
    }
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
