package io.engram.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.domain.Category;
import io.engram.ingest.domain.DecodedRoom;
import io.engram.ingest.domain.Examples;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.IngestCounters;
import io.engram.ingest.domain.IngestRules;
import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.rocksdb.BoundedRocksDb;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Rejected;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.avro.Task;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.RejectedHeaders;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.kafka.WireSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // fields are set before each test
class IngestTopologyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path stateDir;

  private final Topics topics = new Topics("t.");
  private final IngestCounters counters = new IngestCounters();
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> examples;
  private TestOutputTopic<String, Task> tasks;
  private TestOutputTopic<String, byte[]> rejected;

  @BeforeEach
  void build() {
    build(new DecodedRoom(1 << 20));
  }

  private void build(DecodedRoom room) {
    Grouping grouping =
        new Grouping(
            IngestRules.defaults().with(new GroupingRules(3, 10, Duration.ofSeconds(5), 16 << 20)),
            ExampleFormats.open(FormatChoice.avro()),
            room,
            ForgottenKeys.NONE.with(forgotten("gone")),
            counters);
    driver =
        new TopologyTestDriver(
            IngestTopology.of(grouping, topics, 1 << 20),
            StreamsSettings.of(
                StreamsRun.in(stateDir),
                "test",
                Map.of("bootstrap.servers", "unused:1"),
                1 << 20,
                BoundedRocksDb.class),
            START);
    examples =
        driver.createInputTopic(
            topics.examples(),
            new StringSerializer(),
            new ByteArraySerializer(),
            START,
            Duration.ZERO);
    tasks =
        driver.createOutputTopic(
            topics.tasks(), new StringDeserializer(), WireSerdes.deserializer(Wire.task()));
    rejected =
        driver.createOutputTopic(
            topics.rejectedExamples(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void tasksAreKeyedByTaskKeyAndStampedWithTheirLastExample() {
    for (int i = 0; i < 3; i++) {
      examples.pipeInput("user", Examples.bytes(Examples.classified(i, "a")), START.plusMillis(i));
    }
    TestRecord<String, Task> task = tasks.readRecord();
    assertThat(task.key()).isEqualTo("user");
    assertThat(task.getRecordTime()).isEqualTo(START.plusMillis(2));
    assertThat(Examples.numbers(task.value())).containsExactly(0, 1, 2);
    assertThat(tasks.isEmpty()).isTrue();
    assertThat(driver.<byte[], byte[]>getKeyValueStore(IngestTopology.BUFFER).all().hasNext())
        .as("nothing stays in the buffer")
        .isFalse();
  }

  @Test
  void aTaskHasTheTraceOfTheExampleThatClosedItAndLinksToTheOthers() {
    for (int i = 0; i < 3; i++) {
      examples.pipeInput(traced("user", Examples.bytes(Examples.classified(i, "a")), i + 1));
    }
    assertThat(TraceHeaders.read(tasks.readRecord().headers()))
        .contains(new TraceContext(parent(3), "vendor=3", List.of(parent(2), parent(1))));
  }

  @Test
  void aTaskOfASilentKeyHasTheTraceOfItsLastExample() {
    examples.pipeInput(traced("user", Examples.bytes(Examples.classified(0, "a")), 1));
    examples.pipeInput("user", Examples.bytes(Examples.classified(1, "a")));
    driver.advanceWallClockTime(Duration.ofSeconds(6));
    assertThat(TraceHeaders.read(tasks.readRecord().headers()))
        .contains(new TraceContext(parent(1), "vendor=1", List.of()));
  }

  @Test
  void aTraceOutlastsWhatWasDecoded() {
    close();
    build(new DecodedRoom(0));
    for (int i = 0; i < 3; i++) {
      examples.pipeInput(traced("user", Examples.bytes(Examples.classified(i, "a")), 7));
    }
    assertThat(TraceHeaders.read(tasks.readRecord().headers()))
        .contains(new TraceContext(parent(7), "vendor=7", List.of()));
  }

  @Test
  void withoutATraceATaskHasNoHeaders() {
    for (int i = 0; i < 3; i++) {
      RecordHeaders malformed = new RecordHeaders();
      malformed.add(TraceContext.PARENT, "00-zz".getBytes(StandardCharsets.UTF_8));
      byte[] example = Examples.bytes(Examples.classified(i, "a"));
      examples.pipeInput(new TestRecord<>("user", example, malformed, START));
    }
    assertThat(tasks.readRecord().headers()).isEmpty();
  }

  @Test
  void whatIsRejectedKeepsItsTrace() {
    examples.pipeInput(traced("user", new byte[] {1, 2, 3}, 9));
    assertThat(TraceHeaders.read(rejected.readRecord().headers()))
        .contains(new TraceContext(parent(9), "vendor=9", List.of()));
  }

  private static TestRecord<String, byte[]> traced(String key, byte[] value, int trace) {
    RecordHeaders headers = new RecordHeaders();
    TraceHeaders.write(headers, new TraceContext(parent(trace), "vendor=" + trace, List.of()));
    return new TestRecord<>(key, value, headers, START);
  }

  private static String parent(int trace) {
    return "00-%032x-00f067aa0ba902b7-01".formatted(trace);
  }

  @Test
  void theClockClosesTheTaskOfASilentKey() {
    examples.pipeInput("user", Examples.bytes(Examples.classified(0, "a")));
    examples.pipeInput("user", Examples.bytes(Examples.classified(1, "a")));
    driver.advanceWallClockTime(Duration.ofSeconds(4));
    assertThat(tasks.isEmpty()).isTrue();
    assertThat(counters.sum(Total.OPEN)).isEqualTo(2);
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(tasks.readValue().getClosedBy()).isEqualTo(ClosedBy.IDLE);
    assertThat(counters.sum(Total.OPEN)).isZero();
  }

  @Test
  void anExampleWithTheHeaderOfAnEndOrOfAHuskIsAnExample() {
    RecordHeaders headers = new RecordHeaders();
    EndOfSource.write(headers, 4);
    Husk.write(headers);
    byte[] example = Examples.bytes(Examples.classified(0, "x"));
    examples.pipeInput(new TestRecord<>("a", example, headers, START));
    assertThat(tasks.isEmpty()).isTrue();
    assertThat(counters.sum(Total.OPEN)).isEqualTo(1);
    assertThat(counters.rejected()).isZero();
  }

  @Test
  void theEndOfTheSourceClosesOpenTasksAndStandsBehindThem() {
    TestOutputTopic<byte[], byte[]> raw =
        driver.createOutputTopic(
            topics.tasks(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (String key : List.of("b", "a")) {
      examples.pipeInput(key, Examples.bytes(Examples.classified(0, "x")));
      examples.pipeInput(key, Examples.bytes(Examples.classified(1, "x")));
    }
    RecordHeaders headers = new RecordHeaders();
    EndOfSource.write(headers, 4);
    examples.pipeInput(new TestRecord<>(null, EndOfSource.value(), headers, START));
    List<TestRecord<byte[], byte[]>> records = raw.readRecordsToList();
    assertThat(records).hasSize(3);
    assertThat(records.subList(0, 2))
        .allSatisfy(
            it ->
                assertThat(Wire.task().decode(it.value()).getClosedBy())
                    .isEqualTo(ClosedBy.BOUNDARY));
    assertThat(records.get(2).key()).isNull();
    assertThat(records.get(2).value()).isEmpty();
    assertThat(
            EndOfSource.read(
                records.get(2).key(), records.get(2).value(), records.get(2).headers()))
        .hasValue(4);
    assertThat(counters.sum(Total.OPEN)).isZero();
    assertThat(counters.sum(Total.EXAMPLES)).isEqualTo(4);
  }

  @Test
  void whatIsRejectedKeepsItsKeyItsBytesAndItsHeaders() {
    byte[] poison = "poison".getBytes(StandardCharsets.UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {7});
    examples.pipeInput(new TestRecord<>("user", poison, headers, START));
    TestRecord<String, byte[]> record = rejected.readRecord();
    assertThat(record.key()).isEqualTo("user");
    assertThat(record.value()).isEqualTo(poison);
    assertThat(record.headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(RejectedHeaders.read(record.headers()))
        .hasValueSatisfying(
            rejection -> {
              assertThat(rejection.category()).isEqualTo("undecodable");
              assertThat(rejection.reason()).contains("expected a LabeledExample");
              assertThat(rejection.source())
                  .isEqualTo(new Rejected.Source.Log("t.examples", 0, 0L));
            });
    assertThat(counters.rejected(Category.UNDECODABLE)).isEqualTo(1);
  }

  @Test
  void anExampleRejectedWithItsTaskStillHasItsHeaders() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {7});
    byte[] value = Examples.bytes(Examples.classified(0, "a"));
    examples.pipeInput(new TestRecord<>("user", value, headers, START));
    driver.advanceWallClockTime(Duration.ofSeconds(6));
    assertThat(rejected.isEmpty()).as("it waits for the next of its key").isTrue();
    RecordHeaders end = new RecordHeaders();
    EndOfSource.write(end, 1);
    examples.pipeInput(new TestRecord<>(null, EndOfSource.value(), end, START));
    TestRecord<String, byte[]> record = rejected.readRecord();
    assertThat(record.key()).isEqualTo("user");
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(RejectedHeaders.read(record.headers()))
        .hasValueSatisfying(
            rejection -> assertThat(rejection.category()).isEqualTo("task-too-small"));
  }

  /** Whoever reads the rejected and sends them again, with their headers or without: it comes to an end. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNaiveReplayerComesToAnEnd(boolean withHeaders) {
    examples.pipeInput("user", "poison".getBytes(StandardCharsets.UTF_8));
    examples.pipeInput("user", Examples.bytes(Examples.classified(0, "a")));
    int written = 0;
    while (!rejected.isEmpty()) {
      TestRecord<String, byte[]> record = rejected.readRecord();
      written++;
      assertThat(written).as("rounds").isLessThan(100);
      assertThat(RejectedHeaders.attempts(record.headers())).isEqualTo(withHeaders ? written : 1);
      examples.pipeInput(
          new TestRecord<>(
              record.key(),
              record.value(),
              withHeaders ? record.headers() : new RecordHeaders(),
              START));
    }
    assertThat(written).isEqualTo(withHeaders ? 3 : 10);
    assertThat(counters.rejected(Category.UNDECODABLE)).isEqualTo(written + 1);
    assertThat(counters.sum(Total.GIVEN_UP)).isEqualTo(1);
    assertThat(counters.sum(Total.EXAMPLES)).isEqualTo(written + 2);
  }

  @Test
  void whatStillComesOfAForgottenKeyIsCountedAndNothingOfItKept() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {7});
    byte[] value = Examples.bytes(Examples.classified(0, "a"));
    examples.pipeInput(new TestRecord<>("user", value, new RecordHeaders(), START));
    examples.pipeInput(new TestRecord<>("gone", value, headers, START));

    TestRecord<String, byte[]> record = rejected.readRecord();
    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
    assertThat(record.headers().lastHeader("trace")).isNull();
    Rejected why = RejectedHeaders.read(record.headers()).orElseThrow();
    assertThat(why.category()).isEqualTo("forgotten");
    assertThat(why.source()).isEqualTo(new Rejected.Source.Log("t.examples", 0, 1L));

    RecordHeaders husk = new RecordHeaders();
    Husk.write(husk);
    examples.pipeInput(new TestRecord<>(null, null, husk, START));
    assertThat(rejected.isEmpty()).isTrue();
    assertThat(counters.rejected(Category.FORGOTTEN)).isEqualTo(2);
    assertThat(counters.sum(Total.EXAMPLES)).isEqualTo(3);
    assertThat(counters.sum(Total.OPEN)).isEqualTo(1);
  }

  private static Forgetting forgotten(String key) {
    byte[] salt = {1, 2, 3};
    return new Forgetting(
        1L,
        START,
        ByteBuffer.wrap(salt),
        ForgottenKeys.digest(salt, key.getBytes(StandardCharsets.UTF_8)),
        ForgettingStage.DONE,
        0L,
        List.of(),
        List.of());
  }
}
