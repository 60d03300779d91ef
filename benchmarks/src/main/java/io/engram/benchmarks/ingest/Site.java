package io.engram.benchmarks.ingest;

import io.engram.benchmarks.Directories;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker of its own in a directory that goes with it. */
final class Site implements AutoCloseable {

  private static final int KEYS = 50;

  private final Path directory = Directories.temporary();
  private final EmbeddedKafka broker =
      EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("broker")));

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  Path directory(String name) {
    return directory.resolve(name);
  }

  /** A topic of one partition. */
  String topic(String name) {
    TopicAdmin.ensure(broker.bootstrapServers(), List.of(Topic.of(name, 1)));
    return name;
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes so many examples of 50 keys in turn. */
  void fill(String topic, Wording wording, int examples, int numbers) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < examples; i++) {
        byte[] key = ("key-" + i % KEYS).getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(topic, key, wording.value(i, numbers)));
      }
    }
  }

  @Override
  public void close() {
    broker.close();
    Directories.delete(directory);
  }
}
