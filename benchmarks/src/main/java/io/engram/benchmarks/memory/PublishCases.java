package io.engram.benchmarks.memory;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.core.learning.TaskState;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.learner.agent.Candidate;
import io.engram.learner.kafka.KafkaCandidateSink;
import io.engram.learner.rocksdb.RocksTaskStore;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A synced commit and the publication of half a megabyte of parameters until a reader of committed data has them. */
final class PublishCases {

  private static final String BARE = "bare";
  private static final double GOAL = 3;

  private final int rounds;
  private final EmbeddedKafka broker;
  private final Topics topics;
  private final Learner learner;

  PublishCases(Path directory, int rounds, EmbeddedKafka broker, Topics topics) {
    this.rounds = rounds;
    this.broker = broker;
    this.topics = topics;
    this.learner =
        Learner.omniglot(
            directory.resolve("publish"),
            "learner.network=input(784) dense(160) relu dense(5) softmax",
            "learner.sync=true",
            "learner.model=publish");
  }

  void addTo(List<Case> cases) {
    TaskState state = TaskState.initial(learner.settings());
    Rounds bare = new Rounds();
    Rounds commits = new Rounds();
    Rounds whole = new Rounds();
    try (RocksTaskStore store = learner.open(true);
        KafkaCandidateSink sink =
            new KafkaCandidateSink(
                kafka(), topics.modelCandidates(), learner.config().modelName());
        KafkaConsumer<byte[], byte[]> reader = reader(topics.modelCandidates());
        KafkaConsumer<byte[], byte[]> bareReader = reader(BARE);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = -rounds / 5; i < rounds; i++) {
        byte[] bytes = parameters(state, i);
        double sent = send(producer, bareReader, bytes);
        long start = System.nanoTime();
        StoreCommit.of(store, state, List.of(), List.of());
        double committed = millisSince(start);
        Candidate candidate = candidate(bytes, i);
        sink.publish(candidate);
        await(reader, 2);
        double visible = millisSince(start);
        if (i >= 0) {
          bare.add(sent);
          commits.add(committed);
          whole.add(visible);
        }
      }
    }
    String name = "0.5 MB of parameters";
    cases.add(Case.of(name, "bare transaction to visible", bare.median(), "ms", bare.spread()));
    cases.add(Case.of(name, "commit, synced", commits.median(), "ms", commits.spread()));
    cases.add(
        Case.atMost(
            name,
            "commit, publish, visible",
            whole.median(),
            "ms",
            "bare transaction",
            whole.median() / bare.median(),
            GOAL));
  }

  private static byte[] parameters(TaskState state, int round) {
    state.meta().theta()[0] = round;
    ByteBuffer buffer =
        ByteBuffer.allocate(state.meta().theta().length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(state.meta().theta());
    return buffer.array();
  }

  private Candidate candidate(byte[] bytes, int round) {
    String sha256 = ModelChunks.sha256(bytes);
    ModelManifest manifest =
        new ModelManifest(
            learner.config().modelName(),
            0L,
            round + "-" + sha256.substring(0, 12),
            Instant.EPOCH,
            learner.settings().network().toString(),
            LabelSpace.PER_TASK,
            List.of(),
            new Adaptation(5, "sgd(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"),
            List.of(
                new TensorEntry(
                    "parameters", ElementType.FLOAT32, List.of(bytes.length / Float.BYTES), 0L)),
            (long) bytes.length,
            sha256,
            1,
            new Lineage(
                null, List.of(), 0L, 0L, 1L, Map.of(), Map.of(), "fused", "bench", "any", "any"),
            Map.of());
    return new Candidate(manifest, bytes);
  }

  private static double send(
      KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> reader, byte[] bytes) {
    long start = System.nanoTime();
    producer.beginTransaction();
    if (producer.send(new ProducerRecord<>(BARE, bytes)).isCancelled()) {
      throw new IllegalStateException("the bytes were not sent");
    }
    producer.commitTransaction();
    await(reader, 1);
    return millisSince(start);
  }

  private static void await(KafkaConsumer<byte[], byte[]> reader, int records) {
    int received = 0;
    while (received < records) {
      received += reader.poll(Duration.ofSeconds(1)).count();
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                BARE,
                "retry.backoff.ms",
                5,
                "retry.backoff.max.ms",
                50),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private KafkaConsumer<byte[], byte[]> reader(String topic) {
    io.engram.embeddedkafka.Topics.ensure(
        broker.bootstrapServers(), List.of(io.engram.embeddedkafka.Topic.of(topic, 1)));
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToEnd(List.of(partition));
    if (consumer.position(partition) < 0) {
      throw new IllegalStateException("topic " + topic + " has no end");
    }
    return consumer;
  }
}
