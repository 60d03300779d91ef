package io.engram.benchmarks.cluster;

import io.engram.benchmarks.hostile.HonestTraffic;
import io.engram.client.Answers;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Four tasks a second and a question after each, whatever becomes of the brokers, in a thread of its own. */
final class Stream implements AutoCloseable {

  private static final int MILLIS = 250;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HonestTraffic examples;
  private final Answers questions;
  private final List<CompletableFuture<?>> answers = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::send, "bench-stream");

  /**
   * Begins.
   *
   * @param program who sends examples
   * @param asker who asks, and reads answers
   */
  Stream(Map<String, Object> program, Map<String, Object> asker) {
    this.examples = new HonestTraffic(program, 1);
    this.questions = Answers.open(new Topics(""), asker, PATIENCE);
    thread.start();
  }

  private void send() {
    try {
      while (!stop.await(MILLIS, TimeUnit.MILLISECONDS)) {
        examples.sendTask();
        answers.add(questions.ask(HonestTraffic.PREFIX + "0", new float[] {1}));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, fills the learner's last group, and waits until the brokers have everything. */
  HonestTraffic ended(int group) {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    while (examples.tasks() % group != 0) {
      examples.sendTask();
    }
    examples.settle();
    questions.flush();
    return examples;
  }

  /** Questions sent; once it has ended. */
  int asked() {
    return answers.size();
  }

  /** Those that have been answered. */
  long answered() {
    return answers.stream().filter(it -> it.isDone() && !it.isCompletedExceptionally()).count();
  }

  @Override
  public void close() {
    stop.countDown();
    examples.close();
    questions.close();
  }
}
