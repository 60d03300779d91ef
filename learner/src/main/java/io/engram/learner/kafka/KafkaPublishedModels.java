package io.engram.learner.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.learner.agent.Candidate;
import io.engram.learner.agent.CandidateIds;
import io.engram.learner.agent.PublishedModels;
import io.engram.model.Generation;
import io.engram.model.SoundVersion;
import io.engram.model.UnreadableVersionException;
import io.engram.model.VersionCodec;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.kafka.ModelRecords;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link PublishedModels} on the topics {@code model-updates} and {@code model-candidates}. */
public final class KafkaPublishedModels implements PublishedModels {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublishedModels.class);

  private final Map<String, Object> kafkaProperties;
  private final Topics topics;
  private final String modelName;
  private final CandidateSignatures signatures;
  private final long generation;

  /** Of a log of tasks from which no key was ever forgotten. */
  public KafkaPublishedModels(
      Map<String, Object> kafkaProperties,
      Topics topics,
      String modelName,
      CandidateSignatures signatures) {
    this(kafkaProperties, topics, modelName, signatures, 0);
  }

  /**
   * @param generation of the log of tasks: what was learned from an earlier one is not gone on from
   */
  public KafkaPublishedModels(
      Map<String, Object> kafkaProperties,
      Topics topics,
      String modelName,
      CandidateSignatures signatures,
      long generation) {
    this.signatures = signatures;
    this.generation = generation;
    this.kafkaProperties = Map.copyOf(kafkaProperties);
    this.topics = topics;
    this.modelName = modelName;
  }

  @Override
  public Optional<Candidate> champion() {
    Newest newest = new Newest();
    ModelAssembler assembler = new ModelAssembler();
    readAll(
        topics.modelUpdates(),
        (record, value) -> {
          if (assembler.accept(value) instanceof Assembly.Complete complete
              && trusted(record)
              && readable(complete)) {
            newest.version = new Candidate(complete.manifest(), complete.parameters());
          }
        });
    return Optional.ofNullable(newest.version)
        .filter(champion -> Generation.of(champion.manifest()) >= generation);
  }

  private boolean trusted(ConsumerRecord<byte[], byte[]> record) {
    OptionalLong publication = SealHeaders.publication(record.headers());
    return signatures.registry().isEmpty()
        || (publication.isPresent()
            && signatures
                .registry()
                .verify(
                    Sealed.UPDATE,
                    SealHeaders.read(record.headers()),
                    SealHeaders.number(publication.getAsLong()),
                    record.value()));
  }

  private static boolean readable(Assembly.Complete complete) {
    try {
      var unused =
          SoundVersion.require(
              complete.manifest(), VersionCodec.decode(complete.manifest(), complete.parameters()));
      return true;
    } catch (UnreadableVersionException e) {
      LOG.warn("passed over a version that cannot be used: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public long newestGroup() {
    long[] newest = new long[1];
    readAll(
        topics.modelCandidates(),
        (record, value) ->
            newest[0] = Math.max(newest[0], CandidateIds.groups(value.candidateId())));
    return newest[0];
  }

  private static final class Newest {
    private @Nullable Candidate version;
  }

  private void readAll(
      String topic, BiConsumer<ConsumerRecord<byte[], byte[]>, ModelRecord> reader) {
    try (CommittedReader topics =
        new CommittedReader(
            kafkaProperties, Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "engram-learner-published"))) {
      topics.readAll(topic, record -> read(record, reader));
    }
  }

  /** Another model's records may lie between. */
  private void read(
      ConsumerRecord<byte[], byte[]> record,
      BiConsumer<ConsumerRecord<byte[], byte[]>, ModelRecord> reader) {
    ModelRecords.read(record)
        .filter(value -> value.modelName().equals(modelName))
        .ifPresent(value -> reader.accept(record, value));
  }
}
