package io.engram.benchmarks.crash;

import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All candidates on a topic. A candidate published again is the same, or counts as another one. */
final class PublishedVersions {

  private static final Duration POLL = Duration.ofMillis(200);

  private PublishedVersions() {}

  /** By id: the digest of manifest and parameters. */
  static Map<String, String> read(String bootstrap, String topic) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    Map<String, String> versions = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      ModelAssembler assembler = new ModelAssembler();
      while (consumer.position(partition) < end) {
        consumer
            .poll(POLL)
            .forEach(
                record -> {
                  if (assembler.accept(Wire.modelRecord(record.value()))
                      instanceof Assembly.Complete complete) {
                    add(versions, complete);
                  }
                });
      }
    }
    return versions;
  }

  private static void add(Map<String, String> versions, Assembly.Complete version) {
    String digest =
        ModelChunks.sha256(Wire.modelManifest().encode(version.manifest()))
            + ModelChunks.sha256(version.parameters());
    String before = versions.putIfAbsent(version.manifest().getCandidateId(), digest);
    if (before != null && !before.equals(digest)) {
      versions.put(version.manifest().getCandidateId() + " published again", digest);
    }
  }
}
