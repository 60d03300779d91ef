package io.engram.cli.feed.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engram.cli.feed.FeedConfig;
import io.engram.cli.feed.SourceFeed;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.RejectedHeaders;
import io.engram.schemas.kafka.SourceIndex;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceFeedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final FeedConfig CONFIG = new FeedConfig(50, 1000, false);

  private final Topics topics = new Topics(TestBroker.uniquePrefix("feed"));
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @TempDir Path directory;
  private SourceSeal seal;

  @BeforeEach
  void createTopics() {
    seal = SourceSeal.at(directory.resolve("keys").resolve("source"));
    TestBroker.createTopic(topics.examples(), 2);
    TestBroker.createTopic(topics.rejectedExamples(), 1);
  }

  @Test
  void everyRecordIsSentOnceToItsTopic() {
    try (SourceFeed feed = start(new Numbers(230), () -> Long.MAX_VALUE / 2)) {
      await().atMost(PATIENCE).until(feed::finished);
      assertThat(feed.sent()).isEqualTo(230);
    }
    List<ConsumerRecord<byte[], byte[]>> examples = read(topics.examples());
    assertThat(examples).hasSize(207);
    LabeledExample first = Wire.labeledExample().decode(examples.get(0).value());
    assertThat(first.getId()).startsWith("id-");
    assertThat(new String(examples.get(0).key(), UTF_8)).startsWith("key-");

    List<ConsumerRecord<byte[], byte[]>> rejected = read(topics.rejectedExamples());
    assertThat(rejected).hasSize(23);
    assertThat(new String(rejected.get(0).value(), UTF_8)).isEqualTo("bad 0");
    assertThat(RejectedHeaders.read(rejected.get(0).headers()))
        .contains(new Rejected("bad", "row 0 is bad", new Rejected.Source.File("f", 0)));
    try (RejectedTopic count = new RejectedTopic(topics.rejectedExamples(), kafka)) {
      assertThat(count.now().count()).isEqualTo(23);
      assertThat(count.now().count()).isEqualTo(23);
    }
    assertThat(indices(examples, rejected)).isEqualTo(LongStream.range(0, 230).boxed().toList());
  }

  @Test
  void aRestartGoesOnBehindTheLastCommittedRecord() {
    AtomicLong consumed = new AtomicLong();
    SourceFeed first = start(new Numbers(5000), consumed::get);
    try (first) {
      // It may be ahead by so much only, and so it stops in the middle.
      await().atMost(PATIENCE).until(() -> first.sent() > 900);
      assertThat(first.finished()).isFalse();
      assertThat(first.sent()).isLessThanOrEqualTo(1000);
      assertThat(first.resumedAt()).isZero();
    }
    foreignRecords(300);
    try (SourceFeed feed = start(new Numbers(5000), () -> Long.MAX_VALUE / 2)) {
      await().atMost(PATIENCE).until(feed::finished);
      assertThat(feed.sent()).isEqualTo(5000);
      assertThat(feed.resumedAt()).as("however far it has come").isEqualTo(first.sent());
    }
    assertThat(indices(read(topics.examples()), read(topics.rejectedExamples())))
        .isEqualTo(LongStream.range(0, 5000).boxed().toList());
    try (SourceFeed feed = start(new Numbers(5000), () -> Long.MAX_VALUE / 2)) {
      await().atMost(PATIENCE).until(feed::finished);
      assertThat(feed.sent()).isEqualTo(5000);
    }
  }

  @Test
  void theEndIsSaidOnceInEveryPartitionBehindAllRecords() {
    for (long count : new long[] {230, 230, 240}) {
      try (SourceFeed feed =
          SourceFeed.start(
              new Numbers(count),
              new FeedConfig(50, 1000, true),
              KafkaFeedLog.open(topics, kafka, seal),
              () -> Long.MAX_VALUE / 2)) {
        await().atMost(PATIENCE).until(feed::finished);
        assertThat(feed.sent()).isEqualTo(count);
      }
    }
    List<ConsumerRecord<byte[], byte[]>> examples = read(topics.examples());
    for (int partition = 0; partition < 2; partition++) {
      int wanted = partition;
      List<Long> ends =
          examples.stream()
              .filter(it -> it.partition() == wanted)
              .flatMap(it -> EndOfSource.read(it.key(), it.value(), it.headers()).stream().boxed())
              .toList();
      assertThat(ends).containsExactly(230L, 240L);
    }
    assertThat(indices(examples, read(topics.rejectedExamples())))
        .isEqualTo(LongStream.range(0, 240).boxed().toList());
  }

  @Test
  void aTransactionThatAKilledFeedLeftOpenIsSentAgain() {
    try (KafkaProducer<byte[], byte[]> killed =
        new KafkaProducer<>(
            TransactionalWriter.properties(
                kafka, topics.prefix() + "engram-source", KafkaFeedLog.DEFAULTS),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      killed.initTransactions();
      killed.beginTransaction();
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topics.examples(), new byte[] {1}, new byte[] {2});
      SourceIndex.write(record.headers(), 0);
      Future<?> unused = killed.send(record);
      killed.flush();
      try (SourceFeed feed = start(new Numbers(10), () -> Long.MAX_VALUE / 2)) {
        await().atMost(PATIENCE).until(feed::finished);
      }
      assertThat(indices(read(topics.examples()), read(topics.rejectedExamples())))
          .isEqualTo(LongStream.range(0, 10).boxed().toList());
    }
  }

  @Test
  void anIndexThatSomebodyElseWroteIsNotGoneOnBehind() throws Exception {
    try (SourceFeed feed = start(new Numbers(10), () -> Long.MAX_VALUE / 2)) {
      await().atMost(PATIENCE).until(feed::finished);
    }
    try (KafkaProducer<byte[], byte[]> stranger =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < 100; i++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(topics.examples(), 0, new byte[] {1}, new byte[] {2});
        SourceIndex.write(record.headers(), 1_000_000 + i);
        record.headers().add(SourceIndex.SEAL, new byte[16]);
        stranger.send(record).get();
      }
    }
    seal = SourceSeal.at(directory.resolve("keys").resolve("source"));
    try (SourceFeed feed = start(new Numbers(30), () -> Long.MAX_VALUE / 2)) {
      await().atMost(PATIENCE).until(feed::finished);
      assertThat(feed.sent()).isEqualTo(30);
    }
    assertThat(
            indices(read(topics.examples()), read(topics.rejectedExamples())).stream()
                .filter(index -> index < 1_000_000)
                .toList())
        .isEqualTo(LongStream.range(0, 30).boxed().toList());
  }

  @Test
  void aSourceThatCannotBeReadEndsTheFeedWithItsReason() {
    try (SourceFeed feed = start(new Numbers(-1), () -> 0L)) {
      assertThatThrownBy(() -> feed.termination().orTimeout(20, TimeUnit.SECONDS).join())
          .hasRootCauseInstanceOf(SourceException.class)
          .hasMessageContaining("out of numbers");
    }
  }

  private SourceFeed start(ExampleSource source, LongSupplier consumed) {
    return SourceFeed.start(source, CONFIG, KafkaFeedLog.open(topics, kafka, seal), consumed);
  }

  /** Records that somebody else writes, without an index. */
  private void foreignRecords(int count) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        Future<?> unused =
            producer.send(new ProducerRecord<>(topics.examples(), i % 2, null, new byte[] {3}));
      }
    }
  }

  private List<Long> indices(
      List<ConsumerRecord<byte[], byte[]>> examples,
      List<ConsumerRecord<byte[], byte[]>> rejected) {
    List<Long> indices = new ArrayList<>();
    examples.forEach(it -> SourceIndex.read(it.headers()).ifPresent(indices::add));
    rejected.forEach(it -> SourceIndex.read(it.headers()).ifPresent(indices::add));
    return indices.stream().sorted().toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(topic, records::add);
    }
    return records;
  }

  /** Counts from 0; every tenth is bad. A negative size fails at once. */
  private record Numbers(long count) implements ExampleSource {

    @Override
    public OptionalLong size() {
      return OptionalLong.of(count);
    }

    @Override
    public boolean finite() {
      return true;
    }

    @Override
    public Map<String, String> identity() {
      return Map.of();
    }

    @Override
    public String description() {
      return "numbers";
    }

    @Override
    public Cursor open(long first) {
      AtomicLong next = new AtomicLong(first);
      return () -> record(next.getAndIncrement());
    }

    private @Nullable SourceRecord record(long index) {
      if (count < 0) {
        throw new SourceException("out of numbers");
      }
      if (index >= count) {
        return null;
      }
      if (index % 10 == 0) {
        return new SourceRecord.Refused(
            index,
            null,
            ("bad " + index).getBytes(UTF_8),
            new Rejected(
                "bad", "row %d is bad".formatted(index), new Rejected.Source.File("f", index)));
      }
      return new SourceRecord.Example(
          index,
          "key-" + index % 7,
          new LabeledExample(
              "id-" + index, Tensors.float32(new float[] {index}, 1), "a", null, Part.AUTO));
    }
  }
}
