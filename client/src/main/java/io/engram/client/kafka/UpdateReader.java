package io.engram.client.kafka;

import io.engram.kafkakit.CommittedReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscriber's thread: waits for the topic, reads it from its beginning, hands its records on. */
public final class UpdateReader implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(UpdateReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long TOPIC_ABSENT_MILLIS = 200;
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(5);

  private final String topic;
  private final CommittedReader reader;
  private final Consumer<byte[], byte[]> consumer;
  private final Updates updates;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Map<TopicPartition, Long> startEnds = Map.of();
  private boolean caughtUp;

  /** Hears of the log, on the reader's thread. */
  public interface Updates {

    /** The next record. */
    void record(UpdateRecord record);

    /** All that was there at the beginning has been read. */
    void caughtUp();

    /** Nothing will come any more. */
    void ended();
  }

  /** Does not wait for the topic. */
  public UpdateReader(String topic, Map<String, Object> kafka, Updates updates) {
    this.topic = topic;
    this.updates = updates;
    this.reader = new CommittedReader(kafka);
    this.consumer = reader.consumer();
  }

  /** Ends when the reader does; exceptionally if the cluster refused it. */
  public CompletableFuture<Void> termination() {
    return termination;
  }

  /** Makes the reader end soon. Any thread. */
  public void stop() {
    stopping.countDown();
    consumer.wakeup();
  }

  @Override
  public void run() {
    try (reader) {
      while (stopping.getCount() > 0) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // The thread's last words, want of memory included: whoever waits for the termination hears
      // why.
      LOG.error("the subscription of {} ends: {}", topic, e.getMessage(), e);
      termination.completeExceptionally(e);
    } finally {
      termination.complete(null);
      updates.ended();
    }
  }

  private void step() throws InterruptedException {
    try {
      if (consumer.assignment().isEmpty() && !begin()) {
        stopping.await(TOPIC_ABSENT_MILLIS, TimeUnit.MILLISECONDS);
        return;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        updates.record(UpdateRecord.of(record));
      }
      if (!caughtUp && startReached()) {
        caughtUp = true;
        updates.caughtUp();
      }
    } catch (WakeupException e) {
      LOG.trace("woken up to stop");
    } catch (RetriableException e) {
      LOG.warn("{} cannot be read now, trying on: {}", topic, e.getMessage());
    }
  }

  /** An assignment is made only once it is known where the log ends now, and so what is history and what is news. */
  private boolean begin() {
    List<TopicPartition> partitions = reader.partitions(topic, METADATA_TIMEOUT);
    if (partitions.isEmpty()) {
      return false;
    }
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
