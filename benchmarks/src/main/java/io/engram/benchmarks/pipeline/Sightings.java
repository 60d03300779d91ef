package io.engram.benchmarks.pipeline;

import io.engram.benchmarks.crash.Waiting;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.kafka.ModelRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** When committed tasks, by their key, and candidates, by how many tasks they learned from, were first seen; by {@link System#nanoTime}. */
final class Sightings implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Topics topics;
  private final CommittedReader reader;
  private final Map<String, Long> tasks = new ConcurrentHashMap<>();
  private final Map<Long, Long> candidates = new ConcurrentHashMap<>();
  private final AtomicLong learned = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;

  Sightings(Topics topics, Map<String, Object> kafka) {
    this.topics = topics;
    this.reader = new CommittedReader(kafka, Map.of("fetch.max.wait.ms", 20));
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(topics.tasks(), topics.modelCandidates())) {
      // Roles that are just starting make them.
      Waiting.until(topic, START, () -> !reader.partitions(topic).isEmpty());
      partitions.addAll(reader.partitions(topic));
    }
    reader.consumer().assign(partitions);
    reader.consumer().seekToBeginning(partitions);
    this.thread = new Thread(this::look, "sightings");
    thread.setDaemon(true);
    thread.start();
  }

  /** Tasks whose learning was published in a candidate. */
  long learned() {
    return learned.get();
  }

  /** When the task of a key was seen; null while it was not. */
  Map<String, Long> tasks() {
    return tasks;
  }

  /** When the candidate that had learned from so many tasks was seen. */
  Map<Long, Long> candidates() {
    return candidates;
  }

  private void look() {
    while (!closing) {
      for (ConsumerRecord<byte[], byte[]> record : reader.consumer().poll(POLL)) {
        long now = System.nanoTime();
        if (record.topic().equals(topics.tasks())) {
          tasks.putIfAbsent(Wire.task().decode(record.value()).getTaskKey(), now);
        } else if (ModelRecords.read(record).orElse(null) instanceof ModelRecord.Manifest said) {
          ModelManifest manifest = said.manifest();
          candidates.putIfAbsent(manifest.getLineage().getTasks(), now);
          learned.accumulateAndGet(manifest.getLineage().getTasks(), Math::max);
        }
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
