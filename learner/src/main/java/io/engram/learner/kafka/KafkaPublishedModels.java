package io.engram.learner.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.learner.agent.Candidate;
import io.engram.learner.agent.CandidateIds;
import io.engram.learner.agent.PublishedModels;
import io.engram.model.Generation;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** {@link PublishedModels} on the topics {@code model-updates} and {@code model-candidates}. */
public final class KafkaPublishedModels implements PublishedModels {

  private final Map<String, Object> kafkaProperties;
  private final Topics topics;
  private final String modelName;
  private final long generation;

  public KafkaPublishedModels(
      Map<String, Object> kafkaProperties, Topics topics, String modelName) {
    this(kafkaProperties, topics, modelName, 0);
  }

  /**
   * @param generation of the log of tasks: what was learned from an earlier one is not gone on from
   */
  public KafkaPublishedModels(
      Map<String, Object> kafkaProperties, Topics topics, String modelName, long generation) {
    this.kafkaProperties = Map.copyOf(kafkaProperties);
    this.topics = topics;
    this.modelName = modelName;
    this.generation = generation;
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
    return Optional.ofNullable(newest.version)
        .filter(champion -> Generation.of(champion.manifest()) >= generation);
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
    try (CommittedReader topics =
        new CommittedReader(
            kafkaProperties, Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "engram-learner-published"))) {
      topics.readAll(topic, record -> read(record.value(), reader));
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
