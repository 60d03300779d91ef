package io.engram.modelregistry.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Answering, with its limits and meters, {@code engram.registry.serving}. Thread-safe. */
public final class Serving implements AutoCloseable {

  private static final String REQUESTS = "engram.registry.serving.requests";

  private final ServingConfig config;
  private final FewShotAnswerer answerer;
  private final Workroom room;
  private final MeterRegistry meters;
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
    this.meters = meters;
    this.seconds =
        Timer.builder("engram.registry.serving")
            .description("From a question read to its answer, waiting for its turn included")
            .publishPercentiles(0.5, 0.99)
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
      count("answered");
      return done;
    } catch (OverloadedException e) {
      count("refused");
      throw e;
    } catch (RuntimeException e) {
      count("wrong");
      throw e;
    } finally {
      seconds.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  /** Notes that a question was refused before it came here. */
  public void refused() {
    count("refused");
  }

  /** As the port has it. */
  public Reply answer(FewShotAnswerer.Offer version, FewShotQuestion question) {
    return answerer.answer(version, question);
  }

  private void count(String outcome) {
    meters.counter(REQUESTS, "outcome", outcome).increment();
  }

  @Override
  public void close() {
    answerer.close();
  }
}
