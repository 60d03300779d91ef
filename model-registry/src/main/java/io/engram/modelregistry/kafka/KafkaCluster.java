package io.engram.modelregistry.kafka;

import io.engram.modelregistry.agent.Candidates;
import io.engram.modelregistry.agent.Cluster;
import io.engram.modelregistry.agent.Journal;
import io.engram.schemas.AssemblyLimits;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * {@link Cluster} on Kafka.
 *
 * @param kafka properties for every client; {@code bootstrap.servers} at least
 * @param transactionTimeout how long readers may wait for the transaction of a registry that died and is not restarted
 * @param limits of what is kept of unfinished versions
 */
public record KafkaCluster(
    Topics topics, Map<String, Object> kafka, Duration transactionTimeout, AssemblyLimits limits)
    implements Cluster {

  public KafkaCluster {
    kafka = Map.copyOf(kafka);
  }

  @Override
  public Journal takeOver() {
    return new KafkaJournal(topics, kafka, transactionTimeout);
  }

  @Override
  public Candidates candidates(Map<Integer, Long> from) {
    return Failures.translating(() -> new KafkaCandidates(topics, kafka, from, limits));
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
