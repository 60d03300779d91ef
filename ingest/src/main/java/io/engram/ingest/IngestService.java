package io.engram.ingest;

import io.engram.ingest.PartitionCounts.Total;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ingest, running: reads {@code examples}, writes {@code tasks} and {@code examples.rejected}, each example exactly once,
 * over restarts and crashes. All methods are safe for use by many threads.
 */
public final class IngestService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);
  private static final long LAG_UNKNOWN = -1;

  private final Admin admin;
  private final KafkaStreams streams;
  private final LagProbe probe;
  private final IngestCounters counters;
  private final IngestMeters meters;
  private final ScheduledExecutorService prober;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final AtomicBoolean dead = new AtomicBoolean();
  private volatile long lag = LAG_UNKNOWN;
  private @Nullable ScheduledFuture<?> probing;
  private boolean closed;

  private IngestService(
      Admin admin,
      KafkaStreams streams,
      LagProbe probe,
      IngestCounters counters,
      MeterRegistry registry) {
    this.admin = admin;
    this.streams = streams;
    this.probe = probe;
    this.counters = counters;
    this.meters = new IngestMeters(registry, counters, () -> lag);
    this.prober =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "engram-ingest-lag");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Creates the topics that are absent and starts.
   *
   * @param kafkaProperties {@code bootstrap.servers} and whatever else Kafka's clients or Kafka Streams shall be told
   * @throws IngestException if Kafka does not answer, the state directory cannot be used, or topics do not fit
   */
  public static IngestService start(
      IngestConfig config,
      Topics topics,
      Map<String, Object> kafkaProperties,
      MeterRegistry registry) {
    requireWritable(config.stateDir());
    Admin admin = admin(kafkaProperties);
    try {
      IngestTopics.Limits limits =
          new IngestTopics(admin, config.startTimeout()).prepare(config, topics);
      String applicationId = applicationId(topics);
      IngestCounters counters = new IngestCounters();
      int exampleBytes = limits.exampleBytes() + IngestTopics.SLACK_BYTES;
      int recordBytes =
          Math.max(exampleBytes, config.grouping().maxTaskBytes() + IngestTopics.SLACK_BYTES);
      KafkaStreams streams =
          new KafkaStreams(
              IngestTopology.of(config, topics, counters, exampleBytes),
              StreamsSettings.of(config, applicationId, kafkaProperties, recordBytes));
      LagProbe probe =
          new LagProbe(admin, applicationId, topics.examples(), limits.partitions(), PROBE_TIMEOUT);
      IngestService service = new IngestService(admin, streams, probe, counters, registry);
      service.run();
      return service;
    } catch (StreamsException e) {
      admin.close(Duration.ZERO);
      throw new IngestException(
          "Kafka Streams did not start in %s: %s (only one process at a time may use the directory)"
              .formatted(config.stateDir(), e.getMessage()),
          e);
    } catch (KafkaException e) {
      admin.close(Duration.ZERO);
      throw new IngestException("Kafka Streams did not start: " + root(e).getMessage(), e);
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /** The name of ingest's consumer group, and the prefix of its changelog topics. */
  public static String applicationId(Topics topics) {
    return topics.prefix() + "engram-ingest";
  }

  private synchronized void run() {
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
    probing =
        prober.scheduleWithFixedDelay(
            this::refreshLag, 0, PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Completes when ingest has ended: normally after {@link #close}, exceptionally when it died; close it then too. */
  public CompletableFuture<Void> termination() {
    return termination.copy();
  }

  /** What stands now; after {@link #close} what stood at last. */
  public IngestStatus status() {
    return new IngestStatus(
        counters.sum(Total.EXAMPLES),
        counters.sum(Total.TASKS),
        counters.rejected(),
        counters.sum(Total.OPEN),
        lag);
  }

  /**
   * Asks Kafka whether everything that stands on {@code examples} now has been processed and committed: then the status
   * counts all of it, and every task it filled can be read from {@code tasks}.
   *
   * @throws IngestException if Kafka does not answer
   */
  public boolean caughtUp() {
    lag = probe.lag();
    return lag == 0;
  }

  /** Commits and stops, within seconds. Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (probing != null) {
      probing.cancel(true);
    }
    prober.shutdownNow();
    counters.keep();
    boolean clean = streams.close(CLOSE_TIMEOUT);
    if (!clean) {
      LOG.warn(
          "ingest did not stop within {}; what was not committed is done again", CLOSE_TIMEOUT);
    }
    meters.close();
    admin.close(PROBE_TIMEOUT);
    termination.complete(null);
  }

  private void refreshLag() {
    try {
      lag = probe.lag();
    } catch (IngestException e) {
      lag = LAG_UNKNOWN;
      LOG.debug("lag not known", e);
    }
  }

  private void died(Throwable cause) {
    if (!dead.compareAndSet(false, true)) {
      return; // its state follows its exception
    }
    Throwable root = root(cause);
    LOG.error("ingest died: {}", root.toString());
    IngestException death = new IngestException("ingest died: " + root.getMessage(), cause);
    // On a thread of its own: whoever waits for this may call close, which waits for the thread
    // that died.
    Thread messenger =
        new Thread(() -> termination.completeExceptionally(death), "engram-ingest-died");
    messenger.setDaemon(true);
    messenger.start();
  }

  private static Admin admin(Map<String, Object> kafkaProperties) {
    try {
      return Admin.create(kafkaProperties);
    } catch (KafkaException e) {
      throw new IngestException("Kafka's client cannot be made: " + root(e).getMessage(), e);
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static void requireWritable(Path stateDir) {
    try {
      Files.createDirectories(stateDir);
    } catch (IOException e) {
      throw new IngestException(
          "ingest.state-dir %s cannot be created: %s".formatted(stateDir, e), e);
    }
    if (!Files.isWritable(stateDir)) {
      throw new IngestException("ingest.state-dir %s cannot be written to".formatted(stateDir));
    }
  }
}
