package io.engram.embeddedkafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running broker of this process, on loopback.
 *
 * <p>Thread-safe. Its threads keep the process alive until {@link #close}.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final SingleNode server;
  private final DirectoryLock lock;
  private final NodePorts ports;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(SingleNode server, DirectoryLock lock, NodePorts ports) {
    this.server = server;
    this.lock = lock;
    this.ports = ports;
  }

  /**
   * Starts a broker and returns when it serves clients: about 1.5 s in a new process, 3.5 s after
   * the last one was killed.
   *
   * @throws EmbeddedKafkaException where a port or the directory cannot be had, or Kafka fails.
   *     After {@link EmbeddedKafkaException.StartFailed} parts of Kafka may still run, and may halt
   *     the process later; the caller should end it.
   */
  public static EmbeddedKafka start(EmbeddedKafkaConfig config) {
    DirectoryLock lock = DirectoryLock.take(config.directory());
    EmbeddedKafka broker = build(config, lock);
    broker.startWithin(config.startTimeout(), config.directory());
    LOG.info("embedded broker ready on {} in {}", broker.bootstrapServers(), config.directory());
    return broker;
  }

  /** What clients need to connect, {@code host:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.broker();
  }

  /** The port that clients connect to. */
  public int port() {
    return ports.broker();
  }

  /**
   * Stops the broker in an orderly way and waits for it, but not longer than half a minute: what
   * has not stopped by then is logged and ends with the process. Further calls do nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      FutureTask<Boolean> stop = new FutureTask<>(this::stop, true);
      daemon("embedded-kafka-stop", stop);
      try {
        stop.get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        LOG.error("embedded broker on {} did not stop", bootstrapServers(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stop() {
    server.shutdown();
    lock.close();
  }

  private static EmbeddedKafka build(EmbeddedKafkaConfig config, DirectoryLock lock) {
    try {
      NodePorts ports = NodePorts.choose(config.port(), config.controllerPort());
      Storage.format(config.directory());
      var properties =
          BrokerProperties.of(
              config.directory(), ports.broker(), ports.controller(), config.properties());
      var server = new SingleNode(new KafkaConfig(properties, false));
      return new EmbeddedKafka(server, lock, ports);
    } catch (EmbeddedKafkaException e) {
      lock.close();
      throw e;
    } catch (RuntimeException e) {
      lock.close();
      throw new EmbeddedKafkaException.StartFailed(config.directory(), e);
    }
  }

  /** Kafka's startup may neither return nor fail, so it gets a thread and a deadline. */
  private void startWithin(Duration timeout, Path directory) {
    FutureTask<Boolean> startup = new FutureTask<>(server::startup, true);
    daemon("embedded-kafka-start", startup);
    try {
      startup.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      abandon();
      throw new EmbeddedKafkaException.StartFailed(
          directory, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      abandon();
      throw new EmbeddedKafkaException.StartFailed(directory, timeout);
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
      throw new EmbeddedKafkaException.StartFailed(directory, e);
    }
  }

  /**
   * A half-started server may not stop either, so nobody waits for it; until it has stopped, the
   * directory stays taken.
   */
  private void abandon() {
    daemon("embedded-kafka-abandon", this::close);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
