package io.engram.client;

import io.engram.client.Versions.Version;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The registry's side of one test's topics. */
final class UpdatesTopic implements AutoCloseable {

  final Topics topics;
  final Map<String, Object> kafka;
  private final KafkaProducer<byte[], byte[]> registry;

  UpdatesTopic(String bootstrapServers, String prefix) {
    this.topics = new Topics(prefix);
    this.kafka = Map.of("bootstrap.servers", bootstrapServers);
    TopicAdmin.ensure(
        bootstrapServers,
        List.of(
            new Topic(topics.modelUpdates(), 1, (short) -1, Map.of("cleanup.policy", "compact")),
            Topic.of(topics.examples(), 2)));
    this.registry =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                prefix + "registry",
                "retry.backoff.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    registry.initTransactions();
  }

  void publish(Version... versions) {
    for (Version version : versions) {
      publish(version, version.chunks());
    }
  }

  void publish(Version version, List<ModelChunk> chunks) {
    String model = version.manifest().getModelName();
    registry.beginTransaction();
    for (ModelChunk chunk : chunks) {
      send(ModelChunks.updateKey(model, chunk.getIndex()), Wire.modelChunk().encode(chunk));
    }
    send(ModelChunks.updateKey(model), Wire.modelManifest().encode(version.manifest()));
    registry.commitTransaction();
  }

  void publishRaw(String key, byte[] value) {
    registry.beginTransaction();
    send(key, value);
    registry.commitTransaction();
  }

  private void send(String key, byte[] value) {
    var sent =
        registry.send(
            new ProducerRecord<>(
                topics.modelUpdates(), 0, key.getBytes(StandardCharsets.UTF_8), value));
    if (sent.isCancelled()) {
      throw new IllegalStateException("not sent: " + key);
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
