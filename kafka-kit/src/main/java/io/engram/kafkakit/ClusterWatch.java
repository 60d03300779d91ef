package io.engram.kafkakit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers every few seconds whether they are there, on a thread of its own, so that a service that only waits for them can say
 * that they are gone and since when. Safe for use by many threads.
 */
public final class ClusterWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

  /** A start has better things to do; it fails by itself where there is no broker. */
  private static final Duration FIRST = Duration.ofSeconds(2);

  private static final Duration BETWEEN = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> kafka;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "engram-cluster-watch");
  private volatile @Nullable Instant goneSince;

  private ClusterWatch(Map<String, Object> kafka, Clock clock) {
    this.kafka = new HashMap<>(kafka);
    this.kafka.put(AdminClientConfig.CLIENT_ID_CONFIG, "engram-cluster-watch");
    this.kafka.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000");
    this.clock = clock;
  }

  /**
   * Begins to look.
   *
   * @param kafka properties of the clients
   */
  public static ClusterWatch start(Map<String, Object> kafka) {
    ClusterWatch watch = new ClusterWatch(kafka, Clock.systemUTC());
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Since when no broker has answered; empty while one does. */
  public Optional<Instant> goneSince() {
    return Optional.ofNullable(goneSince);
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST;
    Admin admin = null;
    try {
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = BETWEEN;
        Instant asked = clock.instant();
        try {
          if (admin == null) {
            admin = Admin.create(kafka);
          }
          ask(admin);
          goneSince = null;
        } catch (KafkaException e) {
          if (goneSince == null) {
            goneSince = asked;
            LOG.warn("no broker answers: {}", e.getMessage());
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.trace("stopped while waiting");
    } finally {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private static void ask(Admin admin) {
    DescribeClusterOptions soon =
        new DescribeClusterOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
    if (KafkaAnswers.await(admin.describeCluster(soon).nodes(), PATIENCE.plusSeconds(1))
        .isEmpty()) {
      throw new KafkaException("the cluster has no broker");
    }
  }
}
