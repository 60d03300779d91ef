package io.engram.modelregistry.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Answering, with its limits and meters, {@code engram.registry.serving}. Thread-safe. */
public final class Serving implements AutoCloseable {

  private final ServingConfig config;
  private final FewShotAnswerer answerer;
  private final Workroom room;
  private final Counter answered;
  private final Counter refused;
  private final Counter wrong;
  private final Timer seconds;

  /**
   * Serves.
   *
   * @param answerer closed with this
   */
  public Serving(ServingConfig config, FewShotAnswerer answerer, MeterRegistry meters) {
    this.config = config;
    this.answerer = answerer;
    this.room = new Workroom(config.workers(), config.queue(), config.patience());
    this.answered = requests(meters, "answered");
    this.refused = requests(meters, "refused");
    this.wrong = requests(meters, "wrong");
    this.seconds =
        Timer.builder("engram.registry.serving")
            .description("From a question read to its answer, waiting for its turn included")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
  }

  /** There from the start: a rate needs a count before the first. */
  private static Counter requests(MeterRegistry meters, String outcome) {
    return Counter.builder("engram.registry.serving.requests")
        .tag("outcome", outcome)
        .description("Questions of adapt-and-predict by what became of them")
        .register(meters);
  }

  /** How large a question may be. */
  public ServingConfig limits() {
    return config;
  }

  /**
   * Does all that a question costs, in its turn.
   *
   * @throws OverloadedException if there is too much to do; at once, or after {@link ServingConfig#patience}
   */
  public <T> T inTurn(Supplier<T> work) {
    long start = System.nanoTime();
    try {
      T done = room.in(work);
      answered.increment();
      return done;
    } catch (OverloadedException e) {
      refused.increment();
      throw e;
    } catch (RuntimeException e) {
      wrong.increment();
      throw e;
    } finally {
      seconds.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  /** Notes that a question was refused before it came here. */
  public void refused() {
    refused.increment();
  }

  /** As the port has it. */
  public Reply answer(FewShotAnswerer.Offer version, FewShotQuestion question) {
    return answerer.answer(version, question);
  }

  @Override
  public void close() {
    answerer.close();
  }
}
