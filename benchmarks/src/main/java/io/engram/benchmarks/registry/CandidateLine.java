package io.engram.benchmarks.registry;

import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes candidates as a learner would, one transaction each. For one thread. */
final class CandidateLine implements AutoCloseable {

  private final String model;
  private final Topics topics;
  private final NetworkSpec network;
  private final float[] theta;
  private final TransactionalWriter writer;

  CandidateLine(String model, Topics topics, Map<String, Object> kafka, NetworkSpec network) {
    this.model = model;
    this.topics = topics;
    this.network = network;
    this.theta = InitialParameters.of(network, 1L, false);
    this.writer = TransactionalWriter.open(kafka, topics.prefix() + model + "-learner");
  }

  /** Bytes of a candidate's parameters. */
  int bytes() {
    return Float.BYTES * theta.length;
  }

  /** The n-th candidate, whole: every first parameter differs, and so does every checksum. */
  List<byte[]> candidate(long n) {
    theta[0] = n;
    return whole(n);
  }

  /** The n-th candidate, all of whose parameters are n. */
  List<byte[]> uniform(long n) {
    Arrays.fill(theta, (float) n);
    return whole(n);
  }

  private List<byte[]> whole(long n) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(theta);
    String id = id(n);
    List<ModelChunk> chunks = ModelChunks.cut(model, id, buffer.array());
    List<byte[]> values = new ArrayList<>();
    chunks.forEach(chunk -> values.add(Wire.modelChunk().encode(chunk)));
    values.add(Wire.modelManifest().encode(manifest(n, id, chunks)));
    return values;
  }

  /** Publishes what {@link #candidate} made. */
  void publish(List<byte[]> values) {
    byte[] key = model.getBytes(StandardCharsets.UTF_8);
    writer.begin();
    for (byte[] value : values) {
      writer.send(new ProducerRecord<>(topics.modelCandidates(), key, value));
    }
    writer.commit();
  }

  /** Name of the n-th candidate. */
  static String id(long n) {
    return "bench-" + n;
  }

  private ModelManifest manifest(long n, String id, List<ModelChunk> chunks) {
    return new ModelManifest(
        model,
        0L,
        id,
        Instant.ofEpochMilli(1_700_000_000_000L + n),
        network.toString(),
        LabelSpace.PER_TASK,
        List.of(),
        new Adaptation(5, "sgd(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"),
        List.of(new TensorEntry("parameters", ElementType.FLOAT32, List.of(theta.length), 0L)),
        (long) bytes(),
        chunks.get(0).getSha256(),
        chunks.size(),
        new Lineage(
            n == 1 ? null : id(n - 1),
            List.of(),
            100 * n,
            100 * n,
            1L,
            Map.of(),
            Map.of(),
            "fused",
            "bench",
            System.getProperty("java.version"),
            System.getProperty("os.arch")),
        Map.of("prequential.window", 0.8, "prequential.untrained", 0.2));
  }

  /** Closes without waiting for what can no longer be sent. */
  void abandon() {
    writer.close(Duration.ZERO);
  }

  @Override
  public void close() {
    writer.close();
  }
}
