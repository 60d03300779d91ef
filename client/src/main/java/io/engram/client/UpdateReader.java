package io.engram.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscriber's thread: waits for the topic, reads it from its beginning, hands on what the subscription makes of it. */
final class UpdateReader implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(UpdateReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long TOPIC_ABSENT_MILLIS = 200;
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(5);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Subscription subscription;
  private final Consumer<Subscription.Step> steps;
  private final Runnable ended;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Map<TopicPartition, Long> startEnds = Map.of();

  UpdateReader(
      String topic,
      Map<String, Object> kafka,
      Subscription subscription,
      Consumer<Subscription.Step> steps,
      Runnable ended) {
    this.topic = topic;
    this.subscription = subscription;
    this.steps = steps;
    this.ended = ended;
    Map<String, Object> config = new HashMap<>(kafka);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  CompletableFuture<Void> termination() {
    return termination;
  }

  void stop() {
    stopping.countDown();
    consumer.wakeup();
  }

  @Override
  public void run() {
    try (consumer) {
      while (stopping.getCount() > 0) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The thread's last words: whoever waits for the termination hears why.
      LOG.error("the subscription of {} ends: {}", topic, e.getMessage(), e);
      termination.completeExceptionally(e);
    } finally {
      termination.complete(null);
      ended.run();
    }
  }

  private void step() throws InterruptedException {
    try {
      if (consumer.assignment().isEmpty() && !begin()) {
        stopping.await(TOPIC_ABSENT_MILLIS, TimeUnit.MILLISECONDS);
        return;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        subscription.accept(record).ifPresent(steps);
      }
      if (!subscription.isCaughtUp() && startReached()) {
        subscription.caughtUp().ifPresent(steps);
      }
    } catch (WakeupException e) {
      LOG.trace("woken up to stop");
    } catch (RetriableException e) {
      LOG.warn("{} cannot be read now, trying on: {}", topic, e.getMessage());
    }
  }

  /** An assignment is made only once it is known where the log ends now, and so what is history and what is news. */
  private boolean begin() {
    List<PartitionInfo> found = consumer.partitionsFor(topic, METADATA_TIMEOUT);
    if (found == null || found.isEmpty()) {
      return false;
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    startEnds = consumer.endOffsets(partitions, METADATA_TIMEOUT);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return true;
  }

  private boolean startReached() {
    return startEnds.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), METADATA_TIMEOUT) >= end.getValue());
  }
}
