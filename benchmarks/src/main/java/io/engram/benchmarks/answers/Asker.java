package io.engram.benchmarks.answers;

import static java.util.Objects.requireNonNull;

import io.engram.kafkakit.PlainWriter;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.UnlabeledExample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends labeled examples, questions, and the questions' labels some time after. One thread; what was asked may be read by any. */
final class Asker implements AutoCloseable {

  /**
   * A question that was sent.
   *
   * @param sentAt {@link System#nanoTime}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Question(String key, String label, float[] features, long sentAt) {}

  private static final long LABEL_AFTER_NANOS = 2_000_000_000L;

  private final AskedStream stream;
  private final Topics topics;
  private final PlainWriter writer;
  private final Random keys = new Random(1);
  private final Map<String, Question> asked = new ConcurrentHashMap<>();
  private final Deque<Map.Entry<String, Question>> unlabeled = new ArrayDeque<>();
  private long drawn;

  Asker(AskedStream stream, Topics topics, Map<String, Object> kafka) {
    this.stream = stream;
    this.topics = topics;
    this.writer = new PlainWriter(kafka, 1 << 20);
  }

  /** Every question so far, by its id. */
  Map<String, Question> asked() {
    return asked;
  }

  /** The question of an id that was sent. */
  Question question(String id) {
    return requireNonNull(asked.get(id));
  }

  /** Sends so many labeled examples of every key. */
  void preload(int rows) {
    for (int row = 0; row < rows; row++) {
      for (int key = 0; key < stream.keys(); key++) {
        AskedStream.Drawn drawnNow = stream.draw(key, drawn++);
        LabeledExample example =
            new LabeledExample(
                "e-" + drawn, drawnNow.features(), drawnNow.label(), null, Part.AUTO);
        send(topics.examples(), drawnNow.key(), Wire.labeledExample().encode(example));
      }
    }
    writer.flush();
  }

  /** Asks at a steady rate, whatever becomes of the answers. */
  void ask(double perSecond, double seconds, Runnable between) {
    long began = System.nanoTime();
    long count = Math.round(perSecond * seconds);
    for (long i = 0; i < count; i++) {
      long due = began + (long) (i * 1e9 / perSecond);
      long wait;
      while ((wait = due - System.nanoTime()) > 0) {
        LockSupport.parkNanos(wait);
      }
      askOne();
      labelOld(System.nanoTime() - LABEL_AFTER_NANOS);
      between.run();
    }
  }

  /** Sends the labels that are still missing. */
  void labelAll() {
    labelOld(Long.MAX_VALUE);
    writer.flush();
  }

  private void askOne() {
    AskedStream.Drawn question = stream.draw(keys.nextInt(stream.keys()), drawn++);
    String id = "q-" + drawn;
    Question sent =
        new Question(
            question.key(),
            question.label(),
            Tensors.floats(question.features()),
            System.nanoTime());
    asked.put(id, sent);
    unlabeled.add(Map.entry(id, sent));
    send(
        topics.examples(),
        question.key(),
        Wire.unlabeledExample().encode(new UnlabeledExample(id, question.features())));
  }

  private void labelOld(long before) {
    while (!unlabeled.isEmpty() && unlabeled.peek().getValue().sentAt() < before) {
      Map.Entry<String, Question> one = unlabeled.remove();
      send(
          topics.labels(),
          one.getValue().key(),
          Wire.lateLabel().encode(new LateLabel(one.getKey(), one.getValue().label())));
    }
  }

  private void send(String topic, String key, byte[] value) {
    writer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  @Override
  public void close() {
    writer.close();
  }
}
