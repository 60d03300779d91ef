package io.engram.predict.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.domain.ExampleRules;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.ingest.kafka.StreamsSettings;
import io.engram.ingest.kafka.rocksdb.BoundedRocksDb;
import io.engram.predict.domain.Answerer;
import io.engram.predict.domain.AskedId;
import io.engram.predict.domain.LiveCounters;
import io.engram.predict.domain.LiveCounts.Count;
import io.engram.predict.domain.PredictRules;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.NoAnswer;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.UnlabeledExample;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.kafka.WireSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // fields are set before each test
class PredictTopologyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path stateDir;

  private final Topics topics = new Topics("t.");
  private final LiveCounters counters = new LiveCounters();
  private boolean version = true;
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> examples;
  private TestInputTopic<String, byte[]> labels;
  private TestOutputTopic<String, Answer> predictions;
  private TestOutputTopic<String, LabeledExample> pairs;

  @BeforeEach
  void build() {
    start();
  }

  private void start() {
    Predicting predicting =
        new Predicting(
            new PredictRules(5, Duration.ofSeconds(10)),
            new Reading(
                ExampleRules.defaults(),
                "",
                ExampleFormats.open(
                    new FormatChoice(
                        "auto",
                        Map.of("label", "y", "features", "x", "without-label", "question"))),
                ForgottenKeys.NONE,
                new TreeSet<>()),
            this::newestLabel,
            counters);
    driver =
        new TopologyTestDriver(
            PredictTopology.of(predicting, topics, PredictTopics.appended(1 << 20)),
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
    labels =
        driver.createInputTopic(
            topics.labels(),
            new StringSerializer(),
            new ByteArraySerializer(),
            START,
            Duration.ZERO);
    predictions =
        driver.createOutputTopic(
            topics.predictions(), new StringDeserializer(), WireSerdes.deserializer(Wire.answer()));
    pairs =
        driver.createOutputTopic(
            topics.examples(),
            new StringDeserializer(),
            WireSerdes.deserializer(Wire.labeledExample()));
  }

  private Optional<Answerer.Given> newestLabel(Answerer.Asking asking) {
    if (!version) {
      return Optional.empty();
    }
    List<LabeledExample> rows = asking.rows().get();
    Object outcome =
        rows.isEmpty()
            ? new NoAnswer("no row")
            : new ClassAnswer(
                rows.get(rows.size() - 1).getLabel().toString(),
                List.of("a"),
                Tensors.float32(new float[] {1}, 1));
    return Optional.of(new Answerer.Given("m", 3, outcome, rows.size(), null));
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void anAnswerHasTheTraceOfItsQuestionAndThePairThatOfItsLabel() {
    examples.pipeInput(traced("k", question("q"), 1));
    assertThat(TraceHeaders.read(predictions.readRecord().headers())).contains(trace(1));
    labels.pipeInput(traced("k", Wire.lateLabel().encode(new LateLabel("q", "b")), 2));
    assertThat(TraceHeaders.read(pairs.readRecord().headers()))
        .contains(new TraceContext(trace(2).parent(), "vendor=2", List.of(trace(1).parent())));
    examples.pipeInput("k", question("other"));
    assertThat(predictions.readRecord().headers()).isEmpty();
  }

  @Test
  void aTraceWaitsWithItsQuestionAndGoesWithIt() {
    version = false;
    examples.pipeInput(traced("k", question("q"), 1));
    version = true;
    driver.advanceWallClockTime(Duration.ofMillis(200));
    assertThat(TraceHeaders.read(predictions.readRecord().headers())).contains(trace(1));
    assertThat(memory().get(StoreKeys.trace(new AskedId("k", "q")))).isNotNull();
    driver.advanceWallClockTime(Duration.ofSeconds(20));
    assertThat(memory().get(StoreKeys.trace(new AskedId("k", "q")))).isNull();
    assertThat(StoreKeys.belongs(StoreKeys.trace(new AskedId("k", "q")), new byte[] {'k'}))
        .isTrue();
  }

  private KeyValueStore<byte[], byte[]> memory() {
    return driver.getKeyValueStore(KafkaPredictStore.MEMORY);
  }

  private static TraceContext trace(int number) {
    return new TraceContext(
        "00-%032x-00f067aa0ba902b7-01".formatted(number), "vendor=" + number, List.of());
  }

  private static TestRecord<String, byte[]> traced(String key, byte[] value, int trace) {
    RecordHeaders headers = new RecordHeaders();
    TraceHeaders.write(headers, trace(trace));
    return new TestRecord<>(key, value, headers, START);
  }

  @Test
  void questionsAreAnsweredLabelsAreJoinedAndPairsGoBackToTheExamples() {
    examples.pipeInput("k", labeled("r", "a"));
    examples.pipeInput("k", question("q"));
    TestRecord<String, Answer> answer = predictions.readRecord();
    assertThat(answer.key()).isEqualTo("k");
    assertThat(answer.value().getExampleId()).isEqualTo("q");
    assertThat(((ClassAnswer) answer.value().getOutcome()).getLabel()).isEqualTo("a");
    assertThat(answer.value().getTopic()).isEqualTo(topics.examples());
    labels.pipeInput("k", Wire.lateLabel().encode(new LateLabel("q", "b")));
    TestRecord<String, LabeledExample> pair = pairs.readRecord();
    assertThat(pair.key()).isEqualTo("k");
    assertThat(pair.value().getLabel()).isEqualTo("b");
    assertThat(PartitionHeader.stands(pair.headers())).isTrue();
    assertThat(counters.of(Count.SCORED)).isEqualTo(1);
    // It went round: the driver pipes it into the source, and the next answer rests on it.
    examples.pipeInput("k", question("q2"));
    assertThat(((ClassAnswer) predictions.readValue().getOutcome()).getLabel()).isEqualTo("b");
  }

  @Test
  void aRecordInAnotherFormatWithoutALabelIsAQuestion() {
    examples.pipeInput("k", "{\"x\":[1,2],\"y\":\"a\"}".getBytes(UTF_8));
    examples.pipeInput("k", "{\"x\":[1,2]}".getBytes(UTF_8));
    Answer answer = predictions.readValue();
    assertThat(((ClassAnswer) answer.getOutcome()).getLabel()).isEqualTo("a");
    assertThat(answer.getExampleId()).as("where it stands").isEqualTo("t.examples-0@1");
  }

  @Test
  void whatIsNoQuestionAndNoLabelStopsNothing() {
    examples.pipeInput("k", new byte[] {1, 2, 3});
    examples.pipeInput("k", (byte[]) null);
    examples.pipeInput(null, question("without key"));
    labels.pipeInput("k", new byte[] {9});
    labels.pipeInput(null, Wire.lateLabel().encode(new LateLabel("q", "a")));
    examples.pipeInput("k", question("q"));
    assertThat(predictions.readValue().getExampleId()).isEqualTo("q");
    assertThat(predictions.isEmpty()).isTrue();
    assertThat(counters.of(Count.BAD_LABELS)).isEqualTo(2);
  }

  @Test
  void aQuestionOfNumbersThatAreNoneIsAnsweredWithTheReason() {
    examples.pipeInput(
        "k",
        Wire.unlabeledExample()
            .encode(new UnlabeledExample("q", Tensors.float32(new float[] {1, Float.NaN}, 2))));
    assertThat(((NoAnswer) predictions.readValue().getOutcome()).getReason())
        .contains("feature 1")
        .contains("NaN");
  }

  @Test
  void theWindowIsOverByTheClock() {
    examples.pipeInput("k", question("q"));
    driver.advanceWallClockTime(Duration.ofSeconds(9));
    assertThat(counters.of(Count.OPEN)).isEqualTo(1);
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(counters.of(Count.OPEN)).isZero();
    assertThat(counters.of(Count.EXPIRED)).isEqualTo(1);
    try (KeyValueIterator<byte[], byte[]> left =
        driver.<byte[], byte[]>getKeyValueStore(KafkaPredictStore.MEMORY).all()) {
      left.forEachRemaining(
          record ->
              assertThat(StoreKeys.belongs(record.key, "k".getBytes(UTF_8)))
                  .as("nothing of the key is left")
                  .isFalse());
    }
  }

  private static byte[] labeled(String id, String label) {
    return Wire.labeledExample()
        .encode(
            new LabeledExample(id, Tensors.float32(new float[] {1}, 1), label, null, Part.AUTO));
  }

  private static byte[] question(String id) {
    return Wire.unlabeledExample()
        .encode(new UnlabeledExample(id, Tensors.float32(new float[] {1}, 1)));
  }
}
