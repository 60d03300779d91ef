package io.engram.client;

import io.engram.client.Versions.Version;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.kafka.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The registry's side of one test's topics. */
final class UpdatesTopic implements AutoCloseable {

  final Topics topics;
  final Map<String, Object> kafka;
  private final TransactionalWriter registry;

  UpdatesTopic(String bootstrapServers, String prefix) {
    this.topics = new Topics(prefix);
    this.kafka = Map.of("bootstrap.servers", bootstrapServers);
    TopicAdmin.ensure(
        bootstrapServers,
        List.of(
            new Topic(topics.modelUpdates(), 1, (short) -1, Map.of("cleanup.policy", "compact")),
            Topic.of(topics.examples(), 2)));
    this.registry = TransactionalWriter.open(kafka, prefix + "registry");
  }

  void publish(Version... versions) {
    for (Version version : versions) {
      publish(version, version.chunks());
    }
  }

  void publish(Version version, List<ModelChunk> chunks) {
    String model = version.manifest().getModelName();
    registry.begin();
    for (ModelChunk chunk : chunks) {
      send(ModelChunks.updateKey(model, chunk.getIndex()), Wire.modelChunk().encode(chunk));
    }
    send(ModelChunks.updateKey(model), Wire.modelManifest().encode(version.manifest()));
    registry.commit();
  }

  /** Publishes a version that somebody's work led to. */
  void publish(Version version, TraceContext trace) {
    String model = version.manifest().getModelName();
    registry.begin();
    for (ModelChunk chunk : version.chunks()) {
      send(ModelChunks.updateKey(model, chunk.getIndex()), Wire.modelChunk().encode(chunk));
    }
    ProducerRecord<byte[], byte[]> last =
        new ProducerRecord<>(
            topics.modelUpdates(),
            0,
            ModelChunks.updateKey(model).getBytes(StandardCharsets.UTF_8),
            Wire.modelManifest().encode(version.manifest()));
    TraceHeaders.write(last.headers(), trace);
    registry.send(last);
    registry.commit();
  }

  void publishRaw(String key, byte[] value) {
    registry.begin();
    send(key, value);
    registry.commit();
  }

  private void send(String key, byte[] value) {
    registry.send(
        new ProducerRecord<>(
            topics.modelUpdates(), 0, key.getBytes(StandardCharsets.UTF_8), value));
  }

  @Override
  public void close() {
    registry.close();
  }
}
