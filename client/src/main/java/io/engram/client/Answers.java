package io.engram.client;

import io.engram.client.kafka.AnswerReader;
import io.engram.client.kafka.QuestionSender;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.avro.UnlabeledExample;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For programs that would rather ask than adapt: a question goes onto the topic of examples, the role {@code predict} answers it on {@code
 * predictions}, its label may follow at any later time.
 *
 * <pre>{@code
 * try (Answers answers = Answers.open(new Topics(""), kafka, Duration.ofSeconds(10))) {
 *   Answer answer = answers.ask("tenant-42", "order-17", features).get(5, TimeUnit.SECONDS);
 *   answers.label("tenant-42", "order-17", "spam");
 * }
 * }</pre>
 *
 * <p>Hears only answers to what was asked through it, and forgets what was asked when it is closed. Thread-safe.
 */
public final class Answers implements AutoCloseable {

  private final Topics topics;
  private final QuestionSender sender;
  private final AnswerReader reader;
  private final Thread thread;
  private final Map<Asked, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();

  private record Asked(String key, String id) {}

  private Answers(Topics topics, Map<String, Object> kafka, Duration patience) {
    this.topics = topics;
    this.reader = AnswerReader.open(topics.predictions(), kafka, patience, this::heard);
    this.sender = new QuestionSender(kafka);
    this.thread = new Thread(reader, "engram-answers");
    thread.setDaemon(true);
  }

  /**
   * Opens one.
   *
   * @param kafka properties of the clients; {@code bootstrap.servers} at least
   * @param patience how long the topic of predictions may take to be there
   * @throws IllegalStateException if it is not, which means that nobody answers
   */
  public static Answers open(Topics topics, Map<String, Object> kafka, Duration patience) {
    Answers answers = new Answers(topics, kafka, patience);
    answers.thread.start();
    return answers;
  }

  /** Asks under a random id. */
  public CompletableFuture<Answer> ask(String key, float[] features) {
    return ask(key, UUID.randomUUID().toString(), features);
  }

  /** Asks about one row of numbers. */
  public CompletableFuture<Answer> ask(String key, String id, float[] features) {
    return ask(key, id, Tensors.float32(features, features.length));
  }

  /**
   * Asks.
   *
   * @param id by which the label may come; what has this id already, under this key, is not answered again
   * @return completes when the answer is committed; never where nobody answers, so wait with a limit
   */
  public CompletableFuture<Answer> ask(String key, String id, Tensor features) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a question needs a task key, found an empty one");
    }
    CompletableFuture<Answer> answer =
        open.computeIfAbsent(new Asked(key, id), asked -> new CompletableFuture<>());
    sender.send(
        topics.examples(), key, Wire.unlabeledExample().encode(new UnlabeledExample(id, features)));
    return answer.copy();
  }

  /** Says which class it was; once more corrects it. */
  public void label(String key, String id, String label) {
    sender.send(topics.labels(), key, Wire.lateLabel().encode(new LateLabel(id, label)));
  }

  /** Says which numbers it was; once more corrects them. */
  public void label(String key, String id, float... values) {
    sender.send(
        topics.labels(),
        key,
        Wire.lateLabel().encode(new LateLabel(id, Tensors.float32(values, values.length))));
  }

  /** Waits until what was sent is durable. */
  public void flush() {
    sender.flush();
  }

  private void heard(String key, Answer answer) {
    CompletableFuture<Answer> asked = open.remove(new Asked(key, answer.getExampleId()));
    if (asked != null) {
      asked.complete(answer);
    }
  }

  /** Sends what waits, and stops listening: what was not answered yet never completes. */
  @Override
  public void close() {
    sender.close();
    reader.stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
