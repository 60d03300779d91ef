package io.engram.benchmarks.registry;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.model.Adaptation;
import io.engram.model.Metric;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
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
    Assembly.Complete encoded = VersionCodec.encode(version(n), sha256 -> id(n));
    List<byte[]> values = new ArrayList<>();
    ModelChunks.cut(encoded.manifest(), encoded.parameters())
        .forEach(chunk -> values.add(Wire.modelChunk().encode(chunk)));
    values.add(Wire.modelManifest().encode(encoded.manifest()));
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

  private Version version(long n) {
    return new Version(
        new Version.Name(model, 0, Instant.ofEpochMilli(1_700_000_000_000L + n)),
        network,
        new Version.Labels(LabelSpace.PER_TASK, List.of()),
        Adaptation.by(InnerLoop.sgd(5, 0.1f), NormalizationMode.NON_TRANSDUCTIVE),
        new Version.Weights(theta, null, null),
        Map.of(Metric.PREQUENTIAL.key(), 0.8, Metric.UNTRAINED.key(), 0.2),
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
            System.getProperty("os.arch")));
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
