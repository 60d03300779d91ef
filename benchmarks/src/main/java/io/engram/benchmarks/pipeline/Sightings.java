package io.engram.benchmarks.pipeline;

import io.engram.benchmarks.crash.LogFollower;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.kafka.ModelRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** When committed tasks, by their key, and candidates, by how many tasks they learned from, were first seen; by {@link System#nanoTime}. */
final class Sightings implements AutoCloseable {

  private final Topics topics;
  private final Map<String, Long> tasks = new ConcurrentHashMap<>();
  private final Map<Long, Long> candidates = new ConcurrentHashMap<>();
  private final AtomicLong learned = new AtomicLong();
  private final LogFollower log;

  Sightings(Topics topics, Map<String, Object> kafka) {
    this.topics = topics;
    this.log = new LogFollower(kafka, List.of(topics.tasks(), topics.modelCandidates()), this::see);
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

  private void see(ConsumerRecord<byte[], byte[]> record, long nanos) {
    if (record.topic().equals(topics.tasks())) {
      tasks.putIfAbsent(Wire.task().decode(record.value()).getTaskKey(), nanos);
    } else if (ModelRecords.read(record).orElse(null) instanceof ModelRecord.Manifest said) {
      ModelManifest manifest = said.manifest();
      candidates.putIfAbsent(manifest.getLineage().getTasks(), nanos);
      learned.accumulateAndGet(manifest.getLineage().getTasks(), Math::max);
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
