package io.engram.benchmarks.cluster;

import io.engram.benchmarks.hostile.HonestTraffic;
import io.engram.benchmarks.hostile.SteadyTraffic;
import io.engram.client.Answers;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Steady tasks and a question after each, whatever becomes of the brokers. */
final class Stream implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Answers questions;
  private final List<CompletableFuture<?>> answers = new ArrayList<>();
  private final SteadyTraffic examples;

  /**
   * Begins.
   *
   * @param program who sends examples
   * @param asker who asks, and reads answers
   */
  Stream(Map<String, Object> program, Map<String, Object> asker) {
    this.questions = Answers.open(new Topics(""), asker, PATIENCE);
    this.examples =
        new SteadyTraffic(
            new HonestTraffic(program, 1),
            () -> answers.add(questions.ask(HonestTraffic.PREFIX + "0", new float[] {1})));
  }

  /** Ends it, fills the learner's last group, and waits until the brokers have everything. */
  HonestTraffic ended(int group) {
    HonestTraffic all = examples.ended(group);
    questions.flush();
    return all;
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
    examples.close();
    questions.close();
  }
}
