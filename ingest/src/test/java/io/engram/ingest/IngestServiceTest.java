package io.engram.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.ingest.domain.Examples;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.IngestException;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.TopicLayout;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.Task;
import io.engram.schemas.kafka.RejectedHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest against the real broker. */
class IngestServiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path stateDir;

  private final Topics topics = new Topics(TestBroker.uniquePrefix("ingest"));
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void nothingIsLostAndNothingCountedTwiceOverAnOrderlyRestart() {
    IngestConfig config = config(Duration.ofHours(1)).with(new TopicLayout(2, (short) 1));
    IngestService first = start(config);
    KafkaTopics log = log();
    int half = 1_003;
    send(log, 0, half);
    await().atMost(PATIENCE).until(() -> first.status().examples() > 100);
    first.close();
    assertThat(first.termination()).isCompleted();
    IngestStatus stopped = first.status();
    assertThat(stopped.inTasks()).isEqualTo(stopped.tasks() * 5);

    IngestService second = start(config);
    send(log, half, half);
    await().atMost(PATIENCE).until(second::caughtUp);
    IngestStatus status = second.status();
    assertThat(status.examples()).isEqualTo(2L * half);
    assertThat(status.rejected()).isZero();
    assertThat(status.lag()).isZero();
    List<Task> tasks = log.tasks();
    assertThat(tasks).hasSize((int) status.tasks());
    List<Integer> numbers =
        tasks.stream().map(Examples::numbers).flatMap(Collection::stream).toList();
    assertThat(numbers).doesNotHaveDuplicates().hasSize(2 * half - (int) status.open());
    assertThat(status.open()).isEqualTo(openPerKey(2 * half));
    assertInOrderPerKey(tasks);
    second.close();
    assertThat(second.status()).isEqualTo(status);
  }

  @Test
  void aSilentKeysTaskIsClosedAndALoneExampleWaitsForItsKey() {
    IngestService service = start(config(Duration.ofMillis(300)));
    KafkaTopics log = log();
    log.send("lonely", Examples.bytes(Examples.classified(3, "b")));
    log.send("user", Examples.bytes(Examples.classified(1, "a")));
    log.send("user", Examples.bytes(Examples.classified(2, "b")));
    log.flush();
    await().atMost(PATIENCE).until(() -> log.tasks().size() == 1);
    assertThat(log.tasks().get(0).getClosedBy()).isEqualTo(ClosedBy.IDLE);
    assertThat(Examples.numbers(log.tasks().get(0))).containsExactly(1, 2);
    assertThat(service.status())
        .isEqualTo(new IngestStatus(3, 1, 0, 0, 0, 1, service.status().lag()));
    log.send("lonely", Examples.bytes(Examples.classified(4, "a")));
    log.flush();
    await().atMost(PATIENCE).until(() -> log.tasks().size() == 2);
    assertThat(Examples.numbers(log.tasks().get(1))).containsExactly(3, 4);
    assertThat(service.status())
        .isEqualTo(new IngestStatus(4, 2, 0, 0, 0, 0, service.status().lag()));
    assertThat(log.rejected()).isEmpty();
  }

  @Test
  void theBadAreRejectedWithTheirReasonsAndTheGoodGoOn() {
    start(config(Duration.ofHours(1)));
    KafkaTopics log = log();
    byte[] text = "no avro at all".getBytes(UTF_8);
    log.send("user", Examples.bytes(Examples.classified(0, "a")));
    log.send("user", text);
    log.send("user", null);
    log.send(null, Examples.bytes(Examples.classified(9, "a")));
    log.send(
        "user", Examples.bytes(Examples.withFeatures(Tensors.float32(new float[] {Float.NaN}, 1))));
    for (int i = 1; i < 5; i++) {
      log.send("user", Examples.bytes(Examples.classified(i, "a")));
    }
    log.flush();
    await().atMost(PATIENCE).until(() -> log.tasks().size() == 1);
    assertThat(Examples.numbers(log.tasks().get(0))).containsExactly(0, 1, 2, 3, 4);
    List<ConsumerRecord<byte[], byte[]>> rejected = log.rejected();
    assertThat(rejected)
        .extracting(record -> RejectedHeaders.read(record.headers()).orElseThrow().category())
        .containsExactly("undecodable", "undecodable", "no-key", "not-finite");
    assertThat(rejected.get(0).value()).isEqualTo(text);
    assertThat(rejected.get(0).timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(rejected.get(0).key()).isEqualTo("user".getBytes(UTF_8));
    assertThat(rejected.get(1).value()).isNull();
    assertThat(rejected.get(2).key()).isNull();
    assertThat(
            registry
                .get("engram.ingest.rejected")
                .tag("reason", "undecodable")
                .functionCounter()
                .count())
        .isEqualTo(2);
    assertThat(registry.get("engram.ingest.examples").functionCounter().count()).isEqualTo(9);
    assertThat(registry.get("engram.ingest.tasks").functionCounter().count()).isEqualTo(1);
    assertThat(registry.get("engram.ingest.open").gauge().value()).isZero();
  }

  /** A format that nothing of ours knows, from the tests alone. */
  @Test
  void examplesMayComeInAFormatThatSomebodyElseBrings() {
    start(config(Duration.ofHours(1)).with(new FormatChoice("line", Map.of("separator", ","))));
    KafkaTopics log = log();
    for (int i = 0; i < 5; i++) {
      log.send("user", "%s,%d".formatted(i % 2 == 0 ? "even" : "odd", i).getBytes(UTF_8));
    }
    log.send("user", "even,six".getBytes(UTF_8));
    log.flush();
    await().atMost(PATIENCE).until(() -> log.tasks().size() == 1 && log.rejected().size() == 1);
    assertThat(Examples.numbers(log.tasks().get(0))).containsExactly(0, 1, 2, 3, 4);
    assertThat(log.tasks().get(0).getClasses()).containsExactly("even", "odd");
    assertThat(RejectedHeaders.read(log.rejected().get(0).headers()).orElseThrow().reason())
        .isEqualTo("'even,six' holds a word that is no number");
    assertThat(log.rejected().get(0).value()).isEqualTo("even,six".getBytes(UTF_8));
  }

  @Test
  void theLargestExampleAndTheLargestTaskPass() {
    int pixels = 224_000; // nearly 900,000 bytes as FLOAT32
    start(config(Duration.ofHours(1)));
    KafkaTopics log = log();
    for (int i = 0; i < 5; i++) {
      log.send(
          "user",
          Examples.bytes(Examples.withFeatures(Tensors.float32(new float[pixels], pixels))));
    }
    log.send("user", new byte[1_000_000]);
    log.flush();
    await().atMost(PATIENCE).until(() -> log.tasks().size() == 1 && log.rejected().size() == 1);
    assertThat(log.rejected().get(0).value()).hasSize(1_000_000);
  }

  @Test
  void aDeathIsTold() throws Exception {
    IngestService service = start(config(Duration.ofHours(1)));
    try (Admin admin = Admin.create(kafka)) {
      await().atMost(PATIENCE).until(service::caughtUp);
      admin.deleteTopics(List.of(topics.examples())).all().get();
    }
    await().atMost(PATIENCE).until(() -> service.termination().isCompletedExceptionally());
    assertThatThrownBy(() -> service.termination().join())
        .hasCauseInstanceOf(IngestException.class)
        .hasMessageContaining("ingest died");
    service.close();
    service.close();
  }

  @Test
  void startsThatCannotSucceedSayWhy() throws IOException {
    Path file = Files.writeString(stateDir.resolve("file"), "in the way");
    assertThatThrownBy(() -> start(config(file)))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("ingest.state-dir " + file + " cannot be created");

    assertThatThrownBy(
            () ->
                IngestService.start(
                    config(stateDir),
                    topics,
                    Map.of("bootstrap.servers", "no.such.host:1"),
                    registry))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("bootstrap");

    IngestConfig running = config(Duration.ofHours(1));
    start(running);
    assertThatThrownBy(() -> start(running))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining(stateDir.toString())
        .hasMessageContaining("only one process at a time");

    IngestConfig hasty =
        withStartTimeout(config(stateDir.resolve("other")), Duration.ofMillis(700));
    assertThatThrownBy(
            () ->
                IngestService.start(
                    hasty, topics, Map.of("bootstrap.servers", "127.0.0.1:1"), registry))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("Kafka did not answer within 700 ms");
  }

  private IngestService start(IngestConfig config) {
    IngestService service = IngestService.start(config, topics, kafka, registry);
    open.add(0, service);
    return service;
  }

  private KafkaTopics log() {
    KafkaTopics log = new KafkaTopics(topics, TestBroker.bootstrapServers());
    open.add(log);
    return log;
  }

  private IngestConfig config(Duration idle) {
    return IngestConfig.defaults(stateDir).with(new GroupingRules(5, 10, idle, 16 << 20));
  }

  private static IngestConfig config(Path stateDir) {
    return IngestConfig.defaults(stateDir);
  }

  private static IngestConfig withStartTimeout(IngestConfig config, Duration timeout) {
    return new IngestConfig(
        config.run().withStartTimeout(timeout), config.format(), config.rules());
  }

  private static void send(KafkaTopics log, int from, int count) {
    IntStream.range(from, from + count)
        .forEach(
            i -> log.send("key-" + i % 7, Examples.bytes(Examples.classified(i, "c" + i % 3))));
    log.flush();
  }

  private static long openPerKey(int sent) {
    return IntStream.range(0, 7)
        .mapToLong(key -> IntStream.range(0, sent).filter(i -> i % 7 == key).count() % 5)
        .sum();
  }

  private static void assertInOrderPerKey(List<Task> tasks) {
    for (int key = 0; key < 7; key++) {
      String name = "key-" + key;
      List<Task> own = tasks.stream().filter(task -> task.getTaskKey().equals(name)).toList();
      assertThat(own)
          .extracting(Task::getSequence)
          .isEqualTo(IntStream.range(0, own.size()).mapToObj(Long::valueOf).toList());
      List<Integer> numbers =
          own.stream().map(Examples::numbers).flatMap(Collection::stream).toList();
      assertThat(numbers).isSorted();
    }
  }
}
