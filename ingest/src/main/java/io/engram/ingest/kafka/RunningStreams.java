package io.engram.ingest.kafka;

import io.engram.ingest.domain.IngestException;
import io.engram.kafkakit.GroupLag;
import io.engram.kafkakit.KafkaMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topology of one role inside Kafka Streams, from its start to its end. All methods are safe for use by many threads. */
public final class RunningStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningStreams.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final String role;
  private final KafkaStreams streams;
  private final GroupLag lag;
  private final String instanceId;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final AtomicBoolean dead = new AtomicBoolean();

  private RunningStreams(String role, KafkaStreams streams, GroupLag lag, String instanceId) {
    this.role = role;
    this.streams = streams;
    this.lag = lag;
    this.instanceId = instanceId;
  }

  /**
   * Starts; closes what it was given if that fails.
   *
   * @param role its name, for people, and its section of the configuration
   * @param lag of its consumer group
   */
  public static RunningStreams start(
      String role, KafkaStreams streams, GroupLag lag, String instanceId) {
    RunningStreams started = new RunningStreams(role, streams, lag, instanceId);
    try {
      started.run();
      return started;
    } catch (RuntimeException e) {
      lag.close();
      throw e;
    }
  }

  /**
   * Does what starts one, and says what went wrong in words of ours.
   *
   * @throws IngestException if Kafka does not answer, or the state directory is in use
   */
  public static <T> T starting(Path stateDir, Supplier<T> start) {
    try {
      return start.get();
    } catch (StreamsException e) {
      throw new IngestException(
          "Kafka Streams did not start in %s: %s (only one process at a time may use the directory)"
              .formatted(stateDir, e.getMessage()),
          e);
    } catch (KafkaException e) {
      throw new IngestException("Kafka Streams did not start: " + root(e).getMessage(), e);
    }
  }

  private void run() {
    streams.setUncaughtExceptionHandler(
        cause -> {
          died(cause);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          LOG.debug("Kafka Streams of {} went from {} to {}", role, before, now);
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

  /**
   * Records of its topics that are not committed yet.
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

  /** How long the oldest of those has waited, by what {@link #lag} found so far. */
  public double lagSeconds() {
    return lag.seconds();
  }

  /** What Kafka Streams and its clients count. */
  public KafkaMeters meters(MeterRegistry registry) {
    KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
    return KafkaMeters.bind(metrics, metrics::close, registry);
  }

  /** Commits and stops, within seconds. */
  @Override
  public void close() {
    boolean clean = streams.close(CLOSE_TIMEOUT);
    if (!clean) {
      LOG.warn(
          "{} did not stop within {}; what was not committed is done again", role, CLOSE_TIMEOUT);
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
    LOG.error("{} died: {}", role, root.toString());
    String why =
        root instanceof FencedInstanceIdException
            ? "another process of the group has the same %s.instance-id '%s'; give each its own, or leave it at auto"
                .formatted(role, instanceId)
            : root.getMessage();
    IngestException death = new IngestException("%s died: %s".formatted(role, why), cause);
    // On a thread of its own: whoever waits for this may call close, which waits for the thread
    // that died.
    Thread messenger =
        new Thread(() -> termination.completeExceptionally(death), "engram-" + role + "-died");
    messenger.setDaemon(true);
    messenger.start();
  }

  /** What began it. */
  public static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
