package io.engram.ingest.kafka.forget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.ingest.domain.PartitionCounts;
import io.engram.ingest.kafka.Changelogs;
import io.engram.ingest.kafka.IngestStreams;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TopicMaintenance;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.avro.Task;
import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.RejectedHeaders;
import io.engram.schemas.kafka.SourceIndex;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A key taken out of topics on a real broker, in one go and cut short before one step after another. */
class KeyRemovalTest {

  private static final String KEY = "leaver";
  private static final int EXAMPLES = 60;

  /** A step in so many is where it is cut short: all of them would take minutes. */
  private static final int STRIDE = 9;

  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @Test
  void whatIsLeftStandsWhereItWouldIfTheKeyHadNeverBeenThere() {
    Topics topics = filled();
    try (KeyRemoval removal = KeyRemoval.open(kafka, topics)) {
      Findings findings = removal.look(KEY);
      assertThat(findings.of(topics.examples()).orElseThrow().ofKey()).isEqualTo(EXAMPLES / 3);
      assertThat(findings.tasksKept()).isEqualTo(4);
      assertThat(removal.forget(KEY, findings).getStage()).isEqualTo(ForgettingStage.DONE);
      assertThat(removal.look(KEY).records()).isZero();
      assertThat(removal.forgotten().contains(KEY.getBytes(UTF_8))).isTrue();
      assertThat(removal.forgotten().contains("stays-1".getBytes(UTF_8))).isFalse();
    }

    List<ConsumerRecord<byte[], byte[]>> tasks = records(topics.tasks());
    assertThat(tasks).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L, 3L);
    assertThat(tasks)
        .extracting(record -> Wire.task().decode(record.value()).getTaskKey())
        .containsExactly("stays-2", "stays-1", "stays-2", "stays-1");
    List<ConsumerRecord<byte[], byte[]>> examples = records(topics.examples());
    Task first = Wire.task().decode(tasks.get(0).value());
    assertThat(new String(examples.get((int) first.getFirstOffset()).key(), UTF_8))
        .as("a task names the places of its own examples")
        .isEqualTo("stays-2");
    assertThat(new String(examples.get((int) first.getFirstOffset()).value(), UTF_8))
        .isEqualTo("example 0");
    assertThat(examples)
        .as("of the key the last example is left, as a husk with its number")
        .filteredOn(record -> Husk.is(record.key(), record.value(), record.headers()))
        .singleElement()
        .satisfies(
            husk -> {
              assertThat(SourceIndex.read(husk.headers())).hasValue(EXAMPLES - 1);
              assertThat(husk.key()).isNull();
              assertThat(husk.value()).isNull();
            });
    Rejected rejected =
        RejectedHeaders.read(records(topics.rejectedExamples()).get(0).headers()).orElseThrow();
    Rejected.Source.Log at = (Rejected.Source.Log) rejected.source();
    assertThat(new String(examples.get((int) at.offset()).value(), UTF_8)).isEqualTo("example 4");
    assertThat(counts(topics))
        .containsEntry("examples", (long) EXAMPLES)
        .containsEntry("tasks", 4L)
        .containsEntry("rejected/undecodable", 1L)
        .containsEntry("rejected/forgotten", 10L + 1L);
  }

  @Test
  void anotherApplicationLosesTheKeyAndGoesOnWhereItWas() {
    Topics topics = filled();
    String group = topics.prefix() + "other";
    String changelog = group + "-rows-changelog";
    TopicAdmin.ensure(
        TestBroker.bootstrapServers(),
        List.of(Topic.of(topics.labels(), 1), Topic.of(changelog, 1)));
    try (TransactionalWriter writer = TransactionalWriter.open(kafka, topics.prefix() + "more")) {
      for (String key : List.of("stays-1", KEY, "stays-2", "stays-1")) {
        writer.write(
            List.of(
                record(topics.labels(), key, key.getBytes(UTF_8)),
                record(changelog, "row of " + key, key.getBytes(UTF_8))),
            () -> {});
      }
    }
    try (TopicMaintenance maintenance = TopicMaintenance.open(kafka, Duration.ofMinutes(1))) {
      // Behind the label of stays-2: each transaction has a marker.
      maintenance.move(group, topics.labels(), Map.of(0, 6L));
      maintenance.move(group, topics.examples(), Map.of(0, 6L));
    }
    OtherApplication other =
        new OtherApplication(
            group,
            List.of(topics.labels(), topics.predictions()),
            Map.of(
                changelog,
                (record, key) ->
                    new String(record, UTF_8).equals("row of " + new String(key, UTF_8))));
    try (KeyRemoval removal = KeyRemoval.open(kafka, topics, List.of(other))) {
      removal.forget(KEY, removal.look(KEY));
      assertThat(removal.look(KEY).records()).isZero();
    }

    for (String topic : List.of(topics.labels(), changelog)) {
      assertThat(records(topic))
          .extracting(record -> new String(record.value(), UTF_8))
          .containsExactly("stays-1", "stays-2", "stays-1");
    }
    try (TopicMaintenance maintenance = TopicMaintenance.open(kafka, Duration.ofMinutes(1))) {
      assertThat(maintenance.positions(group, topics.labels())).isEqualTo(Map.of(0, 2L));
      assertThat(maintenance.positions(group, topics.examples())).isEqualTo(Map.of(0, 2L));
      assertThat(maintenance.names()).doesNotContain(topics.predictions());
    }
  }

  @Test
  void cutShortBeforeAnyStepAndCalledAgainItEndsTheSame() {
    Topics whole = filled();
    List<String> steps = new ArrayList<>();
    try (KeyRemoval removal = KeyRemoval.open(kafka, whole, steps::add)) {
      removal.forget(KEY, removal.look(KEY));
    }
    List<String> expected = dump(whole);
    assertThat(steps).hasSizeGreaterThan(20);

    for (int cut = 1; cut < steps.size(); cut += STRIDE) {
      Topics topics = filled();
      int[] left = {cut};
      try (KeyRemoval removal =
          KeyRemoval.open(
              kafka,
              topics,
              step -> {
                if (left[0]-- == 0) {
                  throw new Cut(step);
                }
              })) {
        Findings findings = removal.look(KEY);
        assertThatThrownBy(() -> removal.forget(KEY, findings)).isInstanceOf(Cut.class);
      }
      try (KeyRemoval again = KeyRemoval.open(kafka, topics)) {
        boolean half = again.forgotten().halfReplaced().isPresent();
        assertThat(again.finish().isPresent()).isEqualTo(half);
        if (!half) {
          again.forget(KEY, again.look(KEY));
        }
        assertThat(again.forgotten().halfReplaced()).isEmpty();
        assertThat(again.forgotten().generation()).isEqualTo(1);
      }
      assertThat(dump(topics)).as("cut short before '%s'", steps.get(cut)).isEqualTo(expected);
    }
  }

  @Test
  void whileSomethingStillWritesNothingIsReplaced() {
    Topics topics = filled();
    try (TransactionalWriter writer = TransactionalWriter.open(kafka, topics.prefix() + "late");
        KeyRemoval removal =
            KeyRemoval.open(
                kafka,
                topics,
                step -> {
                  if (step.equals("fill " + topics.tasks() + ".forgetting")) {
                    writer.write(
                        List.of(record(topics.examples(), "stays-1", new byte[] {9})), () -> {});
                  }
                })) {
      Findings findings = removal.look(KEY);
      assertThatThrownBy(() -> removal.forget(KEY, findings))
          .hasMessageContaining("something still writes to the topics")
          .hasMessageContaining("Nothing was changed");
      assertThat(removal.forgotten().halfReplaced()).isEmpty();
    }
    assertThat(records(topics.examples())).hasSize(EXAMPLES + 1);
    try (KeyRemoval again = KeyRemoval.open(kafka, topics)) {
      assertThat(again.forget(KEY, again.look(KEY)).getNumber()).isEqualTo(1);
    }
    assertThat(records(topics.examples())).hasSize(EXAMPLES - EXAMPLES / 3 + 2);
  }

  private static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Cut(String step) {
      super(step);
    }
  }

  /** Two keys that stay and one that goes, example by example in turns; two tasks of each, of five examples. */
  private Topics filled() {
    Topics topics = new Topics(TestBroker.uniquePrefix("forget"));
    Changelogs changelogs = new Changelogs(topics);
    TopicAdmin.ensure(
        TestBroker.bootstrapServers(),
        List.of(
            Topic.of(topics.examples(), 1),
            Topic.of(topics.rejectedExamples(), 1),
            Topic.of(topics.tasks(), 1),
            Topic.of(changelogs.history(), 1),
            Topic.of(changelogs.counts(), 1)));
    try (TransactionalWriter writer = TransactionalWriter.open(kafka, topics.prefix() + "fill")) {
      for (int i = 0; i < EXAMPLES; i++) {
        ProducerRecord<byte[], byte[]> example =
            record(topics.examples(), key(i), ("example " + i).getBytes(UTF_8));
        SourceIndex.write(example.headers(), i);
        writer.write(List.of(example), () -> {}); // a marker behind every one
      }
      for (int task = 0; task < 6; task++) {
        writer.write(List.of(task(topics, key(task + 3), 15 * (task / 3) + task % 3)), () -> {});
      }
      writer.write(List.of(rejected(topics, 2), rejected(topics, 4)), () -> {});
      writer.write(
          List.of(
              record(changelogs.history(), KEY, new byte[] {1}),
              record(changelogs.history(), "stays-1", new byte[] {2}),
              count(changelogs, "examples", EXAMPLES),
              count(changelogs, "tasks", 6),
              count(changelogs, PartitionCounts.rejectedName("undecodable"), 2)),
          () -> {});
    }
    try (TopicMaintenance maintenance = TopicMaintenance.open(kafka, Duration.ofMinutes(1))) {
      maintenance.move(
          IngestStreams.applicationId(topics), topics.examples(), Map.of(0, 2L * EXAMPLES));
    }
    return topics;
  }

  private static String key(int number) {
    return number % 3 == 2 ? KEY : "stays-" + (number % 3 == 0 ? 2 : 1);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ProducerRecord<>(topic, 0, System.currentTimeMillis(), key.getBytes(UTF_8), value);
  }

  private static ProducerRecord<byte[], byte[]> count(
      Changelogs changelogs, String name, long count) {
    return record(
        changelogs.counts(), name, ByteBuffer.allocate(Long.BYTES).putLong(count).array());
  }

  /** Of five examples; offsets go by two, since every example has a marker behind it. */
  private static ProducerRecord<byte[], byte[]> task(Topics topics, String key, int first) {
    int own = first - first % 3 + (key.equals(KEY) ? 2 : key.equals("stays-2") ? 0 : 1);
    Task task =
        new Task(
            key + "#0",
            key,
            0L,
            ClosedBy.SIZE,
            Instant.EPOCH,
            List.of("a"),
            new ExampleBlock(Tensors.float32(new float[2], 2, 1), Tensors.int32(new int[2], 2)),
            new ExampleBlock(Tensors.float32(new float[3], 3, 1), Tensors.int32(new int[3], 3)),
            0,
            2L * own,
            2L * (own + 12));
    return record(topics.tasks(), key, Wire.task().encode(task));
  }

  private static ProducerRecord<byte[], byte[]> rejected(Topics topics, int example) {
    Headers headers = new RecordHeaders();
    RejectedHeaders.write(
        headers,
        new Rejected(
            "undecodable", "no", new Rejected.Source.Log(topics.examples(), 0, 2L * example)));
    return new ProducerRecord<>(
        topics.rejectedExamples(), 0, key(example).getBytes(UTF_8), new byte[1], headers);
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(topic, records::add);
    }
    return records;
  }

  private Map<String, Long> counts(Topics topics) {
    Map<String, Long> counts = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records(new Changelogs(topics).counts())) {
      counts.put(new String(record.key(), UTF_8), ByteBuffer.wrap(record.value()).getLong());
    }
    return counts;
  }

  /** All records of all topics with their places, and where ingest goes on; without the prefix. */
  private List<String> dump(Topics topics) {
    Changelogs changelogs = new Changelogs(topics);
    List<String> lines = new ArrayList<>();
    for (String topic :
        List.of(
            topics.examples(),
            topics.rejectedExamples(),
            topics.tasks(),
            changelogs.history(),
            changelogs.counts())) {
      for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
        StringBuilder line = new StringBuilder(topic + "@" + record.offset());
        line.append(text(record.key())).append(text(record.value()));
        for (Header header : record.headers()) {
          line.append(header.key()).append(text(header.value()));
        }
        lines.add(line.toString().replace(topics.prefix(), ""));
      }
    }
    try (TopicMaintenance maintenance = TopicMaintenance.open(kafka, Duration.ofMinutes(1))) {
      lines.add(
          maintenance.positions(IngestStreams.applicationId(topics), topics.examples()).toString());
      assertThat(maintenance.names())
          .as("no copy is left")
          .noneMatch(name -> name.startsWith(topics.prefix()) && name.endsWith(".forgetting"));
    }
    return lines;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "|null|" : "|" + new String(bytes, UTF_8) + "|";
  }
}
