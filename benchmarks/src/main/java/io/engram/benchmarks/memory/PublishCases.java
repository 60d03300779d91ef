package io.engram.benchmarks.memory;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.TaskState;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.learner.agent.Candidate;
import io.engram.learner.kafka.KafkaCandidateSink;
import io.engram.learner.rocksdb.RocksTaskStore;
import io.engram.model.Adaptation;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.schemas.Assembly;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

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
        CommittedReader reader = reader(topics.modelCandidates());
        CommittedReader bareReader = reader(BARE);
        TransactionalWriter writer = TransactionalWriter.open(kafka(), BARE)) {
      for (int i = -rounds / 5; i < rounds; i++) {
        byte[] bytes = candidate(state, i).parameters();
        double sent = send(writer, bareReader, bytes);
        long start = System.nanoTime();
        StoreCommit.of(store, state, List.of(), List.of());
        double committed = millisSince(start);
        sink.publish(candidate(state, i));
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
        Case.of(name, "commit, publish, visible", whole.median(), "ms")
            .atMost(GOAL, "bare transaction", whole.median() / bare.median()));
  }

  private Candidate candidate(TaskState state, int round) {
    state.meta().theta()[0] = round;
    Version version =
        new Version(
            new Version.Name(learner.config().modelName(), 0, Instant.EPOCH),
            learner.settings().network(),
            new Version.Labels(LabelSpace.PER_TASK, List.of()),
            Adaptation.by(InnerLoop.sgd(5, 0.1f), NormalizationMode.NON_TRANSDUCTIVE),
            new Version.Weights(state.meta().theta(), null, null),
            Map.of(),
            new Lineage(
                null, List.of(), 0L, 0L, 1L, Map.of(), Map.of(), "fused", "bench", "any", "any"));
    Assembly.Complete encoded =
        VersionCodec.encode(version, sha256 -> round + "-" + sha256.substring(0, 12));
    return new Candidate(encoded.manifest(), encoded.parameters());
  }

  private static double send(TransactionalWriter writer, CommittedReader reader, byte[] bytes) {
    long start = System.nanoTime();
    writer.begin();
    writer.send(new ProducerRecord<>(BARE, bytes));
    writer.commit();
    await(reader, 1);
    return millisSince(start);
  }

  private static void await(CommittedReader reader, int records) {
    int received = 0;
    while (received < records) {
      received += reader.consumer().poll(Duration.ofSeconds(1)).count();
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private CommittedReader reader(String topic) {
    TopicAdmin.ensure(kafka(), List.of(Topic.of(topic, 1)));
    CommittedReader reader = new CommittedReader(kafka());
    TopicPartition partition = new TopicPartition(topic, 0);
    reader.consumer().assign(List.of(partition));
    reader.consumer().seekToEnd(List.of(partition));
    if (reader.consumer().position(partition) < 0) {
      throw new IllegalStateException("topic " + topic + " has no end");
    }
    return reader;
  }
}
