package io.engram.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.IngestException;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.format.kinds.Records;
import io.engram.ingest.format.kinds.TinyRegistry;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Rejected;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.Task;
import io.engram.schemas.kafka.RejectedHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's records against the real broker: JSON and Confluent's frame on one topic, CloudEvents on another. */
class FormatsServiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path stateDir;

  private final Topics topics = new Topics(TestBroker.uniquePrefix("formats"));
  private final String events = topics.prefix() + "shop.events";
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @Test
  void recordsOfManyKindsBecomeTasksAndNothingIsSilent() {
    TopicAdmin.ensure(kafka, List.of(new Topic(events, 1, (short) 1, Map.of())));
    try (TinyRegistry registry =
            new TinyRegistry()
                .has("/schemas/ids/7", TinyRegistry.schema("AVRO", Records.MEASURE.toString()));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaTopics log = new KafkaTopics(topics, TestBroker.bootstrapServers());
        IngestService service = start(registry.url())) {
      send(producer, topics.examples(), "k", json(1, "a"));
      send(producer, topics.examples(), "k", json(2, "b"));
      send(producer, topics.examples(), "k", null);
      send(
          producer,
          topics.examples(),
          "k",
          "\u001f\u008b".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      await().atMost(PATIENCE).until(() -> service.status().examples() == 4);
      registry.down(true);
      send(producer, topics.examples(), "k", Records.confluent(7, Records.measure("m3", "a", 3)));
      await().atMost(PATIENCE).until(() -> service.waitingFor().isPresent());
      assertThat(service.waitingFor().orElseThrow()).contains("does not answer: status 503");
      assertThat(service.status().examples()).isLessThanOrEqualTo(5);
      registry.down(false);
      await().atMost(PATIENCE).until(() -> service.waitingFor().isEmpty());
      send(producer, topics.examples(), "k", Records.confluent(8, Records.measure("m4", "a", 3)));
      event(producer, "e-5", "k");
      await().atMost(PATIENCE).until(() -> log.tasks().size() == 1);
      Task task = log.tasks().get(0);
      assertThat(task.getTaskKey()).isEqualTo("k");
      assertThat(task.getClasses()).containsExactlyInAnyOrder("a", "b");
      await().atMost(PATIENCE).until(service::caughtUp);
      assertThat(service.status()).isEqualTo(new IngestStatus(7, 1, 3, 0, 0, 0, 0));
      assertThat(log.rejected())
          .extracting(FormatsServiceTest::rejected)
          .extracting(Rejected::reason)
          .satisfiesExactlyInAnyOrder(
              reason -> assertThat(reason).isEqualTo("the value is gzip, which is not read"),
              reason -> assertThat(reason).contains("schema 8 is unknown"));
    }
  }

  @Test
  void aTopicBesideExamplesMustHaveAsManyPartitions() {
    TopicAdmin.ensure(kafka, List.of(new Topic(events, 3, (short) 1, Map.of())));
    assertThatThrownBy(() -> start("http://127.0.0.1:1"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining(
            "topic '%s' (ingest.examples.topics) has 3 partitions, '%s' has 1"
                .formatted(events, topics.examples()));
  }

  private IngestService start(String registry) {
    FormatChoice others =
        new FormatChoice(
            "cloudevents", Map.of("label", "kind", "features", "size", "key", "$envelope.subject"));
    FormatChoice choice =
        new FormatChoice(
            "auto",
            Map.of("label", "species", "features", "x", "registry-url", registry),
            Map.of(events, others));
    return IngestService.start(
        IngestConfig.defaults(stateDir)
            .with(choice)
            .with(new GroupingRules(4, 10, Duration.ofHours(1), 16 << 20)),
        topics,
        kafka,
        new SimpleMeterRegistry());
  }

  private static byte[] json(int x, String species) {
    return "{\"x\":[%d],\"species\":\"%s\"}".formatted(x, species).getBytes(UTF_8);
  }

  private void event(KafkaProducer<byte[], byte[]> producer, String id, String subject) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(events, "{\"size\":5,\"kind\":\"b\"}".getBytes(UTF_8));
    record.headers().add("ce_specversion", "1.0".getBytes(UTF_8));
    record.headers().add("ce_id", id.getBytes(UTF_8));
    record.headers().add("ce_subject", subject.getBytes(UTF_8));
    var unused = producer.send(record);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, String key, byte @Nullable [] value) {
    var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
  }

  private static Rejected rejected(ConsumerRecord<byte[], byte[]> record) {
    return RejectedHeaders.read(record.headers()).orElseThrow();
  }
}
