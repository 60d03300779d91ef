package io.engram.modelregistry.agent;

import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The registry's metrics, {@code engram.registry.*}. For the registry's thread. */
public final class RegistryMeters {

  private final MeterRegistry meters;
  private final Map<String, AtomicLong> champions = new HashMap<>();
  private final Timer commits;
  private final Timer examinations;
  private final AtomicLong lag = new AtomicLong();
  private final AtomicLong foreign = new AtomicLong();

  public RegistryMeters(MeterRegistry meters) {
    this.meters = meters;
    this.commits =
        Timer.builder("engram.registry.commit")
            .description(
                "From a candidate read, or a call taken, to its events and updates visible")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    this.examinations =
        Timer.builder("engram.registry.examination")
            .description("To read and measure a candidate, and to judge it")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    Gauge.builder("engram.registry.foreign", foreign, AtomicLong::doubleValue)
        .description("Records of registry-events that no registry wrote, passed over")
        .register(meters);
    Gauge.builder("engram.registry.lag", lag, AtomicLong::doubleValue)
        .description("Records of model-candidates that wait to be read")
        .register(meters);
  }

  void committed(Iterable<ModelEvent> events) {
    for (ModelEvent event : events) {
      meters
          .counter("engram.registry.events", "model", event.model(), "kind", kind(event))
          .increment();
    }
  }

  void ignored(String why) {
    meters.counter("engram.registry.ignored", "why", why).increment();
  }

  void champion(String model, long version) {
    champions
        .computeIfAbsent(
            model,
            name -> {
              AtomicLong value = new AtomicLong();
              Gauge.builder("engram.registry.champion", value, AtomicLong::doubleValue)
                  .tag("model", name)
                  .description("Version that is published")
                  .register(meters);
              return value;
            })
        .set(version);
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

  private static String kind(ModelEvent event) {
    Change change = event.change();
    return change.getClass().getSimpleName();
  }
}
