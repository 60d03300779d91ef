package io.engram.benchmarks.answers;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Hears every answer that is committed, and when. */
final class Listener implements AutoCloseable {

  /**
   * An answer that was heard.
   *
   * @param heardAt {@link System#nanoTime}
   */
  record Heard(String key, Answer answer, long heardAt) {}

  private static final Duration POLL = Duration.ofMillis(50);

  private final CommittedReader reader;
  private final List<Heard> heard = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closing;

  Listener(Topics topics, Map<String, Object> kafka) {
    this.reader = new CommittedReader(kafka, Map.of("fetch.max.wait.ms", 20));
    Consumer<byte[], byte[]> consumer = reader.consumer();
    List<TopicPartition> partitions = reader.partitions(topics.predictions());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    this.thread = new Thread(this::listen, "listener");
    thread.setDaemon(true);
    thread.start();
  }

  /** What was heard so far. */
  List<Heard> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  int count() {
    synchronized (heard) {
      return heard.size();
    }
  }

  private void listen() {
    while (!closing) {
      for (ConsumerRecord<byte[], byte[]> record : reader.consumer().poll(POLL)) {
        long now = System.nanoTime();
        synchronized (heard) {
          heard.add(
              new Heard(
                  new String(record.key(), StandardCharsets.UTF_8),
                  Wire.answer().decode(record.value()),
                  now));
        }
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
  }
}
