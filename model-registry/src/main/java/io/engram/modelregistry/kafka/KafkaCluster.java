package io.engram.modelregistry.kafka;

import io.engram.modelregistry.agent.Candidates;
import io.engram.modelregistry.agent.Cluster;
import io.engram.modelregistry.agent.Journal;
import io.engram.modelregistry.agent.Signatures;
import io.engram.schemas.AssemblyLimits;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.ModelManifest;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * {@link Cluster} on Kafka.
 *
 * @param kafka properties for every client; {@code bootstrap.servers} at least
 * @param transactionTimeout how long readers may wait for the transaction of a registry that died and is not restarted
 * @param limits of what is kept of unfinished versions
 * @param signatures who signs what
 */
public record KafkaCluster(
    Topics topics,
    Map<String, Object> kafka,
    Duration transactionTimeout,
    AssemblyLimits limits,
    Signatures signatures)
    implements Cluster {

  public KafkaCluster {
    kafka = Map.copyOf(kafka);
  }

  @Override
  public Journal takeOver() {
    return new KafkaJournal(topics, kafka, transactionTimeout, signatures);
  }

  @Override
  public Candidates candidates(Map<Integer, Long> from) {
    return Failures.translating(
        () -> new KafkaCandidates(topics, kafka, from, limits, signatures.learners()));
  }

  @Override
  public Map<String, ModelManifest> newestUpdates() {
    return Failures.translating(
        () -> Published.read(topics.modelUpdates(), kafka, limits, signatures));
  }

  @Override
  public void forEachVersion(BiConsumer<String, byte[]> found) {
    Failures.translating(
        () -> {
          VersionScan.forEach(topics, kafka, limits, found);
          return found;
        });
  }
}
