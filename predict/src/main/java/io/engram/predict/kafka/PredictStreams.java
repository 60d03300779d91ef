package io.engram.predict.kafka;

import io.engram.ingest.domain.IngestException;
import io.engram.ingest.kafka.ForgottenLog;
import io.engram.ingest.kafka.RunningStreams;
import io.engram.ingest.kafka.StoresGeneration;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.ingest.kafka.StreamsSettings;
import io.engram.kafkakit.GroupLag;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/** Starts the role's topology inside Kafka Streams. */
public final class PredictStreams {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  private PredictStreams() {}

  /**
   * Creates the topics that are absent and starts.
   *
   * @param kafka {@code bootstrap.servers} and whatever else Kafka's clients or Kafka Streams shall be told
   * @param rocksDb makes RocksDB's options, by its name
   * @throws IngestException if Kafka does not answer, the state directory is in use, or topics do not fit
   */
  public static RunningStreams start(
      StreamsRun configured,
      Predicting predicting,
      Topics topics,
      Map<String, Object> kafka,
      Class<?> rocksDb) {
    StreamsRun run = configured.named();
    return RunningStreams.starting(
        run.stateDir(), () -> started(run, predicting, topics, kafka, rocksDb));
  }

  private static RunningStreams started(
      StreamsRun run,
      Predicting predicting,
      Topics topics,
      Map<String, Object> kafka,
      Class<?> rocksDb) {
    PredictTopics.Limits limits =
        PredictTopics.prepare(run, topics, predicting.reading().otherTopics(), kafka);
    ForgottenKeys forgotten = forgotten(topics, kafka);
    StoresGeneration.require(run.stateDir(), forgotten.generation());
    String group = applicationId(topics);
    List<String> sources = new ArrayList<>(predicting.reading().otherTopics());
    sources.add(topics.examples());
    sources.add(topics.labels());
    KafkaStreams streams =
        new KafkaStreams(
            PredictTopology.of(
                predicting.with(predicting.reading().refusing(forgotten)),
                topics,
                PredictTopics.appended(limits.exampleBytes())),
            StreamsSettings.of(
                run, group, kafka, limits.exampleBytes() + PredictTopics.SLACK_BYTES, rocksDb));
    GroupLag lag = new GroupLag(kafka, group, sources, limits.partitions(), PROBE_TIMEOUT);
    return RunningStreams.start("predict", streams, lag, run.instanceId());
  }

  /** The name of the role's consumer group, and the prefix of its changelog topics. */
  public static String applicationId(Topics topics) {
    return topics.prefix() + "engram-predict";
  }

  /** The changelog of what the role remembers. */
  static String changelog(Topics topics) {
    return applicationId(topics) + "-" + KafkaPredictStore.MEMORY + "-changelog";
  }

  private static ForgottenKeys forgotten(Topics topics, Map<String, Object> kafka) {
    ForgottenKeys forgotten = new ForgottenLog(kafka, topics).read();
    forgotten
        .unfinished()
        .ifPresent(
            why -> {
              throw new IngestException(why);
            });
    return forgotten;
  }
}
