package io.engram.ingest.kafka.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.FormatChoice;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.PlainWriter;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Rejected;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.kafka.RejectedHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked // fields are set before each test
class ReplayTest {

  private static final int ATTEMPTS = 3;

  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private Topics topics;

  @BeforeEach
  void topics() {
    topics = new Topics("replay-" + UUID.randomUUID() + ".");
    Set<String> unused =
        TopicAdmin.ensure(
            kafka,
            List.of(
                new Topic(topics.examples(), 2, (short) 1, Map.of()),
                new Topic(topics.rejectedExamples(), 2, (short) 1, Map.of())));
  }

  @Test
  void theQueueIsListedShownAndReplayedEachOnce() {
    Rejected.Source from = new Rejected.Source.Log(topics.examples(), 1, 7);
    try (PlainWriter writer = new PlainWriter(kafka, 1 << 20)) {
      writer.send(rejected("k", "poison", new Rejected("undecodable", "no Avro", from), 1));
      writer.send(rejected("k", "poison 2", new Rejected("undecodable", "none either", from), 2));
      writer.send(rejected("k", "tried", new Rejected("undecodable", "again", from), 3));
      writer.send(rejected("k", "twice", new Rejected("duplicate", "its id was there", from), 1));
      writer.send(
          rejected(null, "a,b", new Rejected("csv", "row", new Rejected.Source.File("f", 3)), 1));
      writer.flush();
    }
    List<Reason> reasons = new RejectedQueue(kafka, topics).reasons(ATTEMPTS);
    assertThat(reasons)
        .extracting(Reason::category, Reason::count, Reason::waiting)
        .startsWith(org.assertj.core.groups.Tuple.tuple("undecodable", 3L, 2L))
        .hasSize(3);
    RejectedRecord first = reasons.get(0).first();
    assertThat(first.rejected().reason()).isEqualTo("no Avro");
    assertThat(new RejectedQueue(kafka, topics).at(first.position()).orElseThrow().record().value())
        .isEqualTo("poison".getBytes(UTF_8));
    assertThat(new RejectedQueue(kafka, topics).at(new RejectedRecord.Position(0, 999))).isEmpty();

    Replayed done = replay(Fix.NONE).all(Optional.empty());
    assertThat(done).isEqualTo(new Replayed(2, 0, 1, 1, 0, 0, ""));
    List<ConsumerRecord<byte[], byte[]>> sent = examples();
    assertThat(sent)
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("poison", "poison 2");
    assertThat(sent).allMatch(record -> record.partition() == 1);
    assertThat(sent)
        .extracting(record -> RejectedHeaders.attempts(record.headers()))
        .containsExactly(1, 2);
    assertThat(sent.get(0).headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(sent.get(0).headers().lastHeader(RejectedHeaders.REASON)).isNull();

    assertThat(replay(Fix.NONE).all(Optional.empty()).sent()).as("each once").isZero();
    assertThat(new RejectedQueue(kafka, topics).reasons(ATTEMPTS).get(0).waiting()).isZero();
    assertThat(replay(Fix.NONE).all(Optional.of("duplicate")).sent()).isEqualTo(1);
    assertThat(replay(Fix.NONE).one(first).sent()).as("this one alone").isEqualTo(1);
  }

  @Test
  void aFixReadsAnotherFormatAndMayGiveAKey() {
    Rejected.Source from = new Rejected.Source.Log(topics.examples(), 0, 0);
    try (PlainWriter writer = new PlainWriter(kafka, 1 << 20)) {
      writer.send(rejected(null, "even,2", new Rejected("no-key", "it has no key", from), 1));
      writer.send(rejected(null, "even,two", new Rejected("no-key", "it has no key", from), 1));
      writer.flush();
    }
    Fix fix =
        new FormatFix(
            ExampleFormats.open(new FormatChoice("line", Map.of("separator", ","))),
            "user".getBytes(UTF_8));
    Replayed done = replay(fix).all(Optional.of("no-key"));
    assertThat(done.sent()).isEqualTo(1);
    assertThat(done.badStill()).isEqualTo(1);
    assertThat(done.firstBad()).isEqualTo("'even,two' holds a word that is no number");
    assertThat(examples())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("user".getBytes(UTF_8));
              assertThat(Wire.labeledExample().decode(record.value()).getLabel())
                  .hasToString("even");
            });
  }

  @Test
  void aPlaceIsWrittenWithAColon() {
    assertThat(RejectedRecord.Position.parse("3:17")).isEqualTo(new RejectedRecord.Position(3, 17));
    assertThatThrownBy(() -> RejectedRecord.Position.parse("17"))
        .hasMessage("found '17', expected PARTITION:OFFSET such as 0:17");
  }

  private Replay replay(Fix fix) {
    return new Replay(kafka, topics, ATTEMPTS, fix);
  }

  private List<ConsumerRecord<byte[], byte[]>> examples() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(topics.examples(), records::add);
    }
    return records;
  }

  private ProducerRecord<byte[], byte[]> rejected(
      @Nullable String key, String value, Rejected rejected, int attempts) {
    Headers headers = new RecordHeaders();
    headers.add("trace", new byte[] {7});
    RejectedHeaders.write(headers, rejected);
    RejectedHeaders.writeAttempts(headers, attempts);
    return new ProducerRecord<>(
        topics.rejectedExamples(),
        0,
        null,
        key == null ? null : key.getBytes(UTF_8),
        value.getBytes(UTF_8),
        headers);
  }
}
