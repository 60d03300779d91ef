package io.engram.modelregistry.serving;

import io.engram.servicekit.metrics.Meters;
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
    Meters shown = new Meters(meters);
    this.answered = shown.counter(ServingMetrics.REQUESTS, "answered");
    this.refused = shown.counter(ServingMetrics.REQUESTS, "refused");
    this.wrong = shown.counter(ServingMetrics.REQUESTS, "wrong");
    this.seconds = shown.timer(ServingMetrics.SECONDS);
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
