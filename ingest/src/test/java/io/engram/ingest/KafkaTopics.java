package io.engram.ingest;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes to and reads from ingest's topics as its neighbours do. */
final class KafkaTopics implements AutoCloseable {

  private final Topics topics;
  private final String bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;

  KafkaTopics(Topics topics, String bootstrapServers) {
    this.topics = topics;
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void send(@Nullable String key, byte @Nullable [] value) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topics.examples(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value));
  }

  void flush() {
    producer.flush();
  }

  List<Task> tasks() {
    return committed(topics.tasks()).stream()
        .map(record -> Wire.task().decode(record.value()))
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> rejected() {
    return committed(topics.rejectedExamples());
  }

  /** Everything that is committed on a topic now, partition by partition. */
  private List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (CommittedReader reader =
        new CommittedReader(Map.of("bootstrap.servers", bootstrapServers))) {
      reader.readAll(topic, records::add);
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
  }
}
