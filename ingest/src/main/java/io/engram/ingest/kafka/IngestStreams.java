package io.engram.ingest.kafka;

import io.engram.ingest.domain.IngestException;
import io.engram.kafkakit.GroupLag;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ingest's topology inside Kafka Streams, running. All methods are safe for use by many threads. */
public final class IngestStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IngestStreams.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaStreams streams;
  private final GroupLag lag;
  private final String instanceId;
  private final ForgottenKeys forgotten;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final AtomicBoolean dead = new AtomicBoolean();

  private IngestStreams(
      KafkaStreams streams, GroupLag lag, String instanceId, ForgottenKeys forgotten) {
    this.streams = streams;
    this.forgotten = forgotten;
    this.lag = lag;
    this.instanceId = instanceId;
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
    try {
      return started(run, grouping, topics, kafka, rocksDb);
    } catch (StreamsException e) {
      throw new IngestException(
          "Kafka Streams did not start in %s: %s (only one process at a time may use the directory)"
              .formatted(run.stateDir(), e.getMessage()),
          e);
    } catch (KafkaException e) {
      throw new IngestException("Kafka Streams did not start: " + root(e).getMessage(), e);
    }
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
    IngestStreams started = new IngestStreams(streams, lag, run.instanceId(), forgotten);
    try {
      started.run();
      return started;
    } catch (RuntimeException e) {
      lag.close();
      throw e;
    }
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

  private void run() {
    streams.setUncaughtExceptionHandler(
        cause -> {
          died(cause);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          LOG.debug("Kafka Streams went from {} to {}", before, now);
          if (now == KafkaStreams.State.ERROR) {
            died(new IngestException("Kafka Streams reached its state ERROR"));
          }
        });
    streams.start();
  }

  /** Completes when this has ended: normally after {@link #close}, exceptionally when it died; close it then too. */
  public CompletableFuture<Void> termination() {
    return termination.copy();
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
    try {
      return lag.records();
    } catch (KafkaException e) {
      throw new IngestException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Commits and stops, within seconds. */
  @Override
  public void close() {
    boolean clean = streams.close(CLOSE_TIMEOUT);
    if (!clean) {
      LOG.warn(
          "ingest did not stop within {}; what was not committed is done again", CLOSE_TIMEOUT);
    }
    lag.close();
    termination.complete(null);
  }

  private void died(Throwable cause) {
    Throwable root = root(cause);
    if (root instanceof WaitingDecoder.Stopped || !dead.compareAndSet(false, true)) {
      dead.set(true);
      return; // it was to end anyway; or its state follows its exception
    }
    LOG.error("ingest died: {}", root.toString());
    String why =
        root instanceof FencedInstanceIdException
            ? "another process of the group has the same ingest.instance-id '%s'; give each its own, or leave it at auto"
                .formatted(instanceId)
            : root.getMessage();
    IngestException death = new IngestException("ingest died: " + why, cause);
    // On a thread of its own: whoever waits for this may call close, which waits for the thread
    // that died.
    Thread messenger =
        new Thread(() -> termination.completeExceptionally(death), "engram-ingest-died");
    messenger.setDaemon(true);
    messenger.start();
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
