package io.engram.modelregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.modelregistry.Candidates.Candidate;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One test's topics on the shared broker: the learner's side, and everybody's eyes. */
public final class TestTopics implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(60);

  public final Topics topics;
  public final Map<String, Object> kafka;
  private final TransactionalWriter learner;

  public TestTopics(String test) {
    this(TestBroker.bootstrapServers(), TestBroker.uniquePrefix(test));
  }

  TestTopics(String bootstrapServers, String prefix) {
    this.topics = new Topics(prefix);
    this.kafka = Map.of("bootstrap.servers", bootstrapServers);
    TopicAdmin.ensure(bootstrapServers, List.of(Topic.of(topics.modelCandidates(), 1)));
    this.learner = TransactionalWriter.open(kafka, prefix + "learner");
  }

  /** Publishes whole candidates, a transaction each. */
  public void publish(Candidate... candidates) {
    for (Candidate candidate : candidates) {
      List<byte[]> values = new ArrayList<>();
      candidate.chunks().forEach(chunk -> values.add(Wire.modelChunk().encode(chunk)));
      values.add(Wire.modelManifest().encode(candidate.manifest()));
      send(candidate.manifest().getModelName(), values);
    }
  }

  /** Publishes a whole candidate that a learner signed. */
  void publish(Candidate candidate, SigningKey key) {
    byte[] model = candidate.manifest().getModelName().getBytes(StandardCharsets.UTF_8);
    byte[] manifest = Wire.modelManifest().encode(candidate.manifest());
    ProducerRecord<byte[], byte[]> last =
        new ProducerRecord<>(topics.modelCandidates(), model, manifest);
    SealHeaders.write(last.headers(), key.seal(Sealed.CANDIDATE, manifest));
    learner.begin();
    for (ModelChunk chunk : candidate.chunks()) {
      learner.send(
          new ProducerRecord<>(topics.modelCandidates(), model, Wire.modelChunk().encode(chunk)));
    }
    learner.send(last);
    learner.commit();
  }

  /** Publishes a whole candidate as part of somebody's work. */
  void publish(Candidate candidate, TraceContext trace) {
    byte[] model = candidate.manifest().getModelName().getBytes(StandardCharsets.UTF_8);
    learner.begin();
    for (ModelChunk chunk : candidate.chunks()) {
      learner.send(
          new ProducerRecord<>(topics.modelCandidates(), model, Wire.modelChunk().encode(chunk)));
    }
    ProducerRecord<byte[], byte[]> last =
        new ProducerRecord<>(
            topics.modelCandidates(), model, Wire.modelManifest().encode(candidate.manifest()));
    TraceHeaders.write(last.headers(), trace);
    learner.send(last);
    learner.commit();
  }

  /** What each record of a topic says of whose work it is. */
  public List<Optional<TraceContext>> traces(String topic) {
    return read(topic).stream().map(record -> TraceHeaders.read(record.headers())).toList();
  }

  /** Publishes a candidate whose chunks are these. */
  void publish(Candidate candidate, List<ModelChunk> chunks) {
    List<byte[]> values = new ArrayList<>();
    chunks.forEach(chunk -> values.add(Wire.modelChunk().encode(chunk)));
    values.add(Wire.modelManifest().encode(candidate.manifest()));
    send(candidate.manifest().getModelName(), values);
  }

  /** Sends raw values to model-candidates in one transaction. */
  void send(String model, List<byte[]> values) {
    byte[] key = model.getBytes(StandardCharsets.UTF_8);
    learner.begin();
    values.forEach(
        value -> learner.send(new ProducerRecord<>(topics.modelCandidates(), key, value)));
    learner.commit();
  }

  /** Every version ever published on model-updates that is still whole, in order. */
  public List<Assembly.Complete> updates() {
    ModelAssembler assembler = new ModelAssembler();
    List<Assembly.Complete> whole = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(topics.modelUpdates())) {
      if (record.value() != null
          && assembler.accept(Wire.modelRecord(record.value()))
              instanceof Assembly.Complete complete) {
        whole.add(complete);
      }
    }
    return whole;
  }

  /** What a compaction would leave over: the last value of each key of model-updates, tombstones included. */
  Map<String, Boolean> compactedUpdates() {
    Map<String, Boolean> present = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(topics.modelUpdates())) {
      present.put(new String(record.key(), StandardCharsets.UTF_8), record.value() != null);
    }
    return present;
  }

  /** All that is committed in a topic. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      reader.consumer().assign(List.of(partition));
      reader.consumer().seekToBeginning(List.of(partition));
      reader.readTo(Map.of(partition, awaitMarkers(reader, partition)), records::add);
    }
    return records;
  }

  /**
   * A commit returns when it is decided, and readers see it when each partition has its marker: waits until nothing written is
   * undecided any more.
   *
   * @return the end of what is committed
   */
  private long awaitMarkers(CommittedReader committed, TopicPartition partition) {
    try (KafkaConsumer<byte[], byte[]> uncommitted =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      long written = end(uncommitted, partition);
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(end(committed.consumer(), partition))
                      .as("end of what is committed in %s", partition)
                      .isGreaterThanOrEqualTo(written));
      return end(committed.consumer(), partition);
    }
  }

  private static long end(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /** Where the consumer group that shows the registry's progress stands; −1 where there is none. */
  long registryOffset() {
    TopicPartition partition = new TopicPartition(topics.modelCandidates(), 0);
    try (Admin admin = Admin.create(kafka)) {
      OffsetAndMetadata shown =
          admin
              .listConsumerGroupOffsets(topics.registryGroup())
              .partitionsToOffsetAndMetadata()
              .get(LONG.toSeconds(), TimeUnit.SECONDS)
              .get(partition);
      return shown == null ? -1 : shown.offset();
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    learner.close();
  }
}
