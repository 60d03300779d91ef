package io.engram.kafkakit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far somebody has come who keeps their own positions: as the offsets of a consumer group, where the tools that watch lag look
 * (Burrow, exporters, {@code kafka-consumer-groups}, autoscalers). Nobody is a member of it, and nobody goes on from what stands there.
 *
 * <p><b>Threading:</b> a thread of its own. <b>Durability:</b> what is shown lags a few seconds behind, and may be lost. <b>Failure:</b>
 * said once, and tried again; the one who is shown does not notice.
 */
public final class ProgressGroup implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressGroup.class);
  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Brokers delete offsets that are not written for long, by default after a week. */
  private static final Duration AGAIN_AFTER = Duration.ofHours(1);

  private final Map<String, Object> kafka;
  private final String group;
  private final String topic;
  private final Supplier<Map<Integer, Long>> positions;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "engram-progress");
  private Map<Integer, Long> shown = Map.of();
  private long shownNanos;
  private boolean failing;

  private ProgressGroup(
      Map<String, Object> kafka,
      String group,
      String topic,
      Supplier<Map<Integer, Long>> positions) {
    this.kafka = new HashMap<>(kafka);
    this.kafka.put(AdminClientConfig.CLIENT_ID_CONFIG, "engram-progress");
    this.kafka.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000");
    this.group = group;
    this.topic = topic;
    this.positions = positions;
  }

  /**
   * Begins to show.
   *
   * @param kafka properties of the clients
   * @param group its name
   * @param topic what is read
   * @param positions the next offset of each of its partitions, as far as it is durable; called by another thread
   */
  public static ProgressGroup start(
      Map<String, Object> kafka,
      String group,
      String topic,
      Supplier<Map<Integer, Long>> positions) {
    ProgressGroup progress = new ProgressGroup(kafka, group, topic, positions);
    progress.thread.setDaemon(true);
    progress.thread.start();
    return progress;
  }

  /** Shows the last positions, if that is done soon, and ends. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Admin admin = null;
    try {
      boolean last = false;
      while (!last) {
        last = stopping.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        Map<Integer, Long> now = positions.get();
        if (!now.isEmpty() && isNews(now)) {
          admin = admin == null ? Admin.create(kafka) : admin;
          show(admin, now);
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

  private boolean isNews(Map<Integer, Long> now) {
    return !now.equals(shown) || System.nanoTime() - shownNanos > AGAIN_AFTER.toNanos();
  }

  private void show(Admin admin, Map<Integer, Long> now) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        now.entrySet().stream()
            .collect(
                Collectors.toMap(
                    it -> new TopicPartition(topic, it.getKey()),
                    it -> new OffsetAndMetadata(it.getValue())));
    AlterConsumerGroupOffsetsOptions soon =
        new AlterConsumerGroupOffsetsOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
    try {
      KafkaAnswers.await(admin.alterConsumerGroupOffsets(group, offsets, soon).all(), PATIENCE);
      shown = now;
      shownNanos = System.nanoTime();
      failing = false;
    } catch (KafkaException e) {
      if (!failing) {
        LOG.warn(
            "how far it has come cannot be shown as the consumer group {}: {}; nothing else depends on it",
            group,
            e.getMessage());
      }
      failing = true;
    }
  }
}
