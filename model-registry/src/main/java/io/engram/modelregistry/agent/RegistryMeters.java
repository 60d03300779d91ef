package io.engram.modelregistry.agent;

import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.servicekit.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The registry's meters, of what {@link RegistryMetrics} declares. For the registry's thread. */
public final class RegistryMeters {

  /** Why a record can be made nothing of. */
  private static final List<String> REASONS =
      List.of(
          "unreadable", "too large", "name", "too many models", "duplicate", "too many rejections");

  private final Meters meters;
  private final Map<String, AtomicLong> champions = new HashMap<>();
  private final Timer commits;
  private final Timer examinations;
  private final AtomicLong lag = new AtomicLong();
  private final AtomicLong foreign = new AtomicLong();

  public RegistryMeters(MeterRegistry registry) {
    this.meters = new Meters(registry);
    this.commits = meters.timer(RegistryMetrics.COMMITS);
    this.examinations = meters.timer(RegistryMetrics.EXAMINATIONS);
    meters.gauge(RegistryMetrics.FOREIGN, foreign, AtomicLong::doubleValue);
    meters.gauge(RegistryMetrics.LAG, lag, AtomicLong::doubleValue);
    REASONS.forEach(why -> meters.counter(RegistryMetrics.IGNORED, why));
  }

  void committed(Iterable<ModelEvent> events) {
    for (ModelEvent event : events) {
      meters
          .counter(RegistryMetrics.EVENTS, event.model(), event.change().getClass().getSimpleName())
          .increment();
    }
  }

  void ignored(String why) {
    meters.counter(RegistryMetrics.IGNORED, why).increment();
  }

  void champion(String model, long version) {
    champions.computeIfAbsent(model, this::known).set(version);
  }

  void foreign(long records) {
    foreign.set(records);
  }

  void lag(long records) {
    lag.set(records);
  }

  <T> T timeExamination(Supplier<T> work) {
    return examinations.record(work);
  }

  <T> T time(Supplier<T> work) {
    return commits.record(work);
  }

  /** What is decided about a model counts from 0: a rate needs a count before the first. */
  private AtomicLong known(String model) {
    for (Class<?> kind :
        List.of(Change.Promoted.class, Change.Refused.class, Change.RolledBack.class)) {
      meters.counter(RegistryMetrics.EVENTS, model, kind.getSimpleName());
    }
    AtomicLong champion = new AtomicLong();
    meters.gauge(RegistryMetrics.CHAMPION, champion, AtomicLong::doubleValue, model);
    return champion;
  }
}
