package io.engram.client.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears every answer that is committed after it was opened, on a thread of its own. */
public final class AnswerReader implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long TOPIC_ABSENT_MILLIS = 200;

  private final String topic;
  private final CommittedReader reader;
  private final Listening listening;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Hears an answer, on the reader's thread. */
  @FunctionalInterface
  public interface Listening {

    /** An answer to a question of this key. */
    void heard(String key, Answer answer);
  }

  private AnswerReader(String topic, CommittedReader reader, Listening listening) {
    this.topic = topic;
    this.reader = reader;
    this.listening = listening;
  }

  /**
   * Opens one, at the end of the topic: what is asked from now on is heard.
   *
   * @throws IllegalStateException if there is no such topic within {@code patience}
   */
  public static AnswerReader open(
      String topic, Map<String, Object> kafka, Duration patience, Listening listening) {
    CommittedReader reader = new CommittedReader(kafka, Map.of("fetch.max.wait.ms", 20));
    try {
      List<TopicPartition> partitions = partitions(reader, topic, patience);
      Consumer<byte[], byte[]> consumer = reader.consumer();
      Map<TopicPartition, Long> ends = reader.ends(partitions);
      consumer.assign(partitions);
      ends.forEach(consumer::seek);
      return new AnswerReader(topic, reader, listening);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reader.close();
      throw new IllegalStateException("interrupted while waiting for topic " + topic, e);
    } catch (RuntimeException | Error e) {
      reader.close();
      throw e;
    }
  }

  private static List<TopicPartition> partitions(
      CommittedReader reader, String topic, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      List<TopicPartition> found = reader.partitions(topic);
      if (!found.isEmpty()) {
        return found;
      }
      if (System.nanoTime() > deadline || never.await(TOPIC_ABSENT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "there is no topic '%s' after %s: does the role 'predict' run, with this topic prefix?"
                .formatted(topic, patience));
      }
    }
  }

  /** Makes the reader end soon. Any thread. */
  public void stop() {
    stopping.countDown();
    reader.consumer().wakeup();
  }

  @Override
  public void run() {
    try (reader) {
      while (stopping.getCount() > 0) {
        poll();
      }
    }
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : reader.consumer().poll(POLL)) {
        hear(record);
      }
    } catch (WakeupException e) {
      LOG.trace("woken up to stop");
    } catch (RetriableException e) {
      LOG.warn("{} cannot be read now, trying on: {}", topic, e.getMessage());
    }
  }

  private void hear(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    try {
      listening.heard(
          new String(record.key(), StandardCharsets.UTF_8), Wire.answer().decode(record.value()));
    } catch (WireException e) {
      LOG.debug("a record of {} is no answer: {}", topic, e.getMessage());
    }
  }
}
