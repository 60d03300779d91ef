package io.engram.ingest.kafka;

import io.engram.ingest.domain.IngestException;
import io.engram.kafkakit.GroupLag;
import io.engram.kafkakit.KafkaMeters;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ingest's topology inside Kafka Streams, running. All methods are safe for use by many threads. */
public final class IngestStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IngestStreams.class);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  private final RunningStreams streams;
  private final ForgottenKeys forgotten;

  private IngestStreams(RunningStreams streams, ForgottenKeys forgotten) {
    this.streams = streams;
    this.forgotten = forgotten;
  }

  /**
   * Creates the topics that are absent and starts.
   *
   * @param kafka {@code bootstrap.servers} and whatever else Kafka's clients or Kafka Streams shall be told
   * @param rocksDb makes RocksDB's options, by its name
   * @throws IngestException if Kafka does not answer, the state directory is in use, or topics do not fit
   */
  public static IngestStreams start(
      StreamsRun run,
      Grouping grouping,
      Topics topics,
      Map<String, Object> kafka,
      Class<?> rocksDb) {
    return RunningStreams.starting(
        run.stateDir(), () -> started(run, grouping, topics, kafka, rocksDb));
  }

  private static IngestStreams started(
      StreamsRun configured,
      Grouping grouping,
      Topics topics,
      Map<String, Object> kafka,
      Class<?> rocksDb) {
    StreamsRun run = configured.named();
    int taskBytes = grouping.rules().grouping().maxTaskBytes();
    IngestTopics.Limits limits =
        IngestTopics.prepare(run, taskBytes, topics, grouping.otherTopics(), kafka);
    ForgottenKeys forgotten = new ForgottenLog(kafka, topics).read();
    if (forgotten.foreign() > 0) {
      LOG.warn(
          "{} records of {} are no forgettings and were passed over; take the right to write there away from others",
          forgotten.foreign(),
          topics.forgotten());
    }
    forgotten
        .unfinished()
        .ifPresent(
            why -> {
              throw new IngestException(why);
            });
    StoresGeneration.require(run.stateDir(), forgotten.generation());
    int exampleBytes = limits.exampleBytes() + IngestTopics.SLACK_BYTES;
    int recordBytes = Math.max(exampleBytes, taskBytes + IngestTopics.SLACK_BYTES);
    String group = applicationId(topics);
    KafkaStreams streams =
        new KafkaStreams(
            IngestTopology.of(grouping.refusing(forgotten), topics, exampleBytes),
            StreamsSettings.of(run, group, kafka, recordBytes, rocksDb));
    GroupLag lag =
        new GroupLag(kafka, group, sources(grouping, topics), limits.partitions(), PROBE_TIMEOUT);
    return new IngestStreams(
        RunningStreams.start("ingest", streams, lag, run.instanceId()), forgotten);
  }

  private static List<String> sources(Grouping grouping, Topics topics) {
    List<String> sources = new ArrayList<>(grouping.otherTopics());
    sources.add(0, topics.examples());
    return sources;
  }

  /** The name of ingest's consumer group, and the prefix of its changelog topics. */
  public static String applicationId(Topics topics) {
    return topics.prefix() + "engram-ingest";
  }

  /** Completes when this has ended: normally after {@link #close}, exceptionally when it died; close it then too. */
  public CompletableFuture<Void> termination() {
    return streams.termination();
  }

  /** What had been forgotten when it started. */
  public ForgottenKeys forgotten() {
    return forgotten;
  }

  /**
   * Records of {@code examples} that are not committed yet.
   *
   * @throws IngestException if Kafka does not answer
   */
  public long lag() {
    return streams.lag();
  }

  /** What Kafka Streams and its clients count. */
  public KafkaMeters meters(MeterRegistry registry) {
    return streams.meters(registry);
  }

  /** How long the oldest of those has waited, by what {@link #lag} found so far. */
  public double lagSeconds() {
    return streams.lagSeconds();
  }

  /** Commits and stops, within seconds. */
  @Override
  public void close() {
    streams.close();
  }
}
