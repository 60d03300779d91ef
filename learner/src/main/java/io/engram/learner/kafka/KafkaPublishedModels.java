package io.engram.learner.kafka;

import io.engram.learner.agent.Candidate;
import io.engram.learner.agent.CandidateIds;
import io.engram.learner.agent.PublishedModels;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** {@link PublishedModels} on the topics {@code model-updates} and {@code model-candidates}. */
public final class KafkaPublishedModels implements PublishedModels {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> properties;
  private final Topics topics;
  private final String modelName;

  public KafkaPublishedModels(
      Map<String, Object> kafkaProperties, Topics topics, String modelName) {
    this.properties = new HashMap<>(kafkaProperties);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "engram-learner-published");
    this.topics = topics;
    this.modelName = modelName;
  }

  @Override
  public Optional<Candidate> champion() {
    Newest newest = new Newest();
    ModelAssembler assembler = new ModelAssembler();
    readAll(
        topics.modelUpdates(),
        record -> {
          if (assembler.accept(record) instanceof Assembly.Complete complete) {
            newest.version = new Candidate(complete.manifest(), complete.parameters());
          }
        });
    return Optional.ofNullable(newest.version);
  }

  @Override
  public long newestGroup() {
    long[] newest = new long[1];
    readAll(
        topics.modelCandidates(),
        record -> newest[0] = Math.max(newest[0], CandidateIds.groups(record.candidateId())));
    return newest[0];
  }

  private static final class Newest {
    private @Nullable Candidate version;
  }

  private void readAll(String topic, Consumer<ModelRecord> reader) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        return;
      }
      List<TopicPartition> partitions =
          found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(record -> read(record.value(), reader));
      }
    }
  }

  /** Compaction leaves tombstones; another model's records may lie between. */
  private void read(byte @Nullable [] value, Consumer<ModelRecord> reader) {
    if (value != null) {
      ModelRecord record = Wire.modelRecord(value);
      if (record.modelName().equals(modelName)) {
        reader.accept(record);
      }
    }
  }
}
