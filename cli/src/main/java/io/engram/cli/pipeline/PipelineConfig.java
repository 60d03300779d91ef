package io.engram.cli.pipeline;

import io.engram.cli.config.Settings;
import io.engram.cli.feed.FeedConfig;
import io.engram.cli.feed.kafka.SourceSeal;
import io.engram.cli.role.BrokerSettings;
import io.engram.cli.role.IngestSettings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.PredictSettings;
import io.engram.cli.role.RegistrySettings;
import io.engram.cli.role.SigningSettings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.state.StateDirectory;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.ingest.IngestConfig;
import io.engram.kafkakit.ClientProperties;
import io.engram.learner.LearnerConfig;
import io.engram.learner.kafka.CandidateSignatures;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.agent.CandidateExaminer;
import io.engram.predict.PredictConfig;
import io.engram.schemas.Topics;
import java.util.Map;

/**
 * Everything about everything.
 *
 * @param signatures of the learner, and whose versions it and the subscriber take
 * @param stream what is learned from
 * @param clientProperties the user's own for Kafka's clients
 */
public record PipelineConfig(
    Topics topics,
    EmbeddedKafkaConfig broker,
    IngestConfig ingest,
    LearnerConfig learner,
    RegistryConfig registry,
    PredictConfig predict,
    CandidateSignatures signatures,
    Examiner examiner,
    Stream stream,
    Map<String, Object> clientProperties) {

  public PipelineConfig {
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Opens what examines the registry's candidates. */
  public interface Examiner {
    CandidateExaminer open(Topics topics, Map<String, Object> kafka);
  }

  /**
   * What is learned from, and how it is sent.
   *
   * @param source not closed by the pipeline
   * @param seal by which it knows its records again
   * @param beforeFirstRecord run when everything else has started, before anything is sent
   */
  public record Stream(
      ExampleSource source, FeedConfig feed, SourceSeal seal, Runnable beforeFirstRecord) {}

  /** As the settings have it, learning from {@code stream} and keeping everything in {@code state}. */
  public static PipelineConfig read(Settings settings, StateDirectory state, ExampleSource stream) {
    return new PipelineConfig(
        TopicSettings.read(settings),
        BrokerSettings.read(settings, state),
        IngestSettings.read(settings, state),
        LearnerSettings.read(settings, state),
        RegistrySettings.read(settings, state),
        PredictSettings.besideRegistry(settings, state),
        new CandidateSignatures(
            SigningSettings.read(settings).learner().key(),
            SigningSettings.read(settings).versionsHere()),
        (topics, kafka) -> RegistrySettings.examiner(settings, topics, kafka),
        new Stream(
            stream,
            SourceSettings.feed(settings),
            SourceSeal.at(state.root().resolve("keys").resolve("source")),
            () -> {
              stream.remember(state.root());
              state.rememberStream(stream.identity());
            }),
        settings.kafka());
  }

  Map<String, Object> kafka(String bootstrap) {
    return ClientProperties.at(bootstrap, clientProperties);
  }
}
