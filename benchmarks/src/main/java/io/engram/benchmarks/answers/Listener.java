package io.engram.benchmarks.answers;

import io.engram.benchmarks.crash.LogFollower;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hears every answer that is committed, and when. */
final class Listener implements AutoCloseable {

  /**
   * An answer that was heard.
   *
   * @param heardAt {@link System#nanoTime}
   */
  record Heard(String key, Answer answer, long heardAt) {}

  private final List<Heard> heard = new ArrayList<>();
  private final LogFollower log;

  Listener(Topics topics, Map<String, Object> kafka) {
    this.log = new LogFollower(kafka, List.of(topics.predictions()), this::hear);
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

  private void hear(ConsumerRecord<byte[], byte[]> record, long nanos) {
    synchronized (heard) {
      heard.add(
          new Heard(
              new String(record.key(), StandardCharsets.UTF_8),
              Wire.answer().decode(record.value()),
              nanos));
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
