package io.engram.cli.pipeline;

import io.engram.cli.feed.FeedConfig;
import io.engram.cli.source.ExampleSource;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.ingest.IngestConfig;
import io.engram.learner.LearnerConfig;
import io.engram.modelregistry.RegistryConfig;
import io.engram.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Everything about everything.
 *
 * @param source not closed by the pipeline
 * @param beforeFirstRecord run when everything else has started, before anything is sent
 * @param clientProperties the user's own for Kafka's clients
 */
public record PipelineConfig(
    Topics topics,
    EmbeddedKafkaConfig broker,
    IngestConfig ingest,
    LearnerConfig learner,
    RegistryConfig registry,
    ExampleSource source,
    FeedConfig feed,
    Runnable beforeFirstRecord,
    Map<String, Object> clientProperties) {

  public PipelineConfig {
    clientProperties = Map.copyOf(clientProperties);
  }

  Map<String, Object> kafka(String bootstrap) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    return properties;
  }
}
