package io.engram.servicekit.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers metrics as they are declared. Values of labels are given in the order of {@link Metric#labels}. What is watched is held strongly, until this is
 * closed. Safe for use by many threads.
 */
public final class Meters implements AutoCloseable {

  private final MeterRegistry registry;
  private final Set<Meter> registered = ConcurrentHashMap.newKeySet();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A counter that something else counts. */
  public <T> void counted(Metric metric, T of, ToDoubleFunction<T> count, String... labels) {
    require(metric, Metric.Kind.COUNTER);
    registered.add(
        FunctionCounter.builder(metric.dotted(), of, count)
            .tags(tags(metric, labels))
            .description(metric.help())
            .register(registry));
  }

  /** A number that is asked for at each scrape. */
  public <T> void gauge(Metric metric, T of, ToDoubleFunction<T> value, String... labels) {
    require(metric, Metric.Kind.GAUGE);
    registered.add(
        Gauge.builder(metric.dotted(), of, value)
            .tags(tags(metric, labels))
            .description(metric.help())
            .strongReference(true)
            .register(registry));
  }

  /** A counter at 0, or the one that is there. */
  public Counter counter(Metric metric, String... labels) {
    require(metric, Metric.Kind.COUNTER);
    Counter counter =
        Counter.builder(metric.dotted())
            .tags(tags(metric, labels))
            .description(metric.help())
            .register(registry);
    registered.add(counter);
    return counter;
  }

  /** A timer with its median and its 99th percentile, or the one that is there. */
  public Timer timer(Metric metric, String... labels) {
    require(metric, Metric.Kind.TIMER);
    Timer timer =
        Timer.builder(metric.dotted())
            .tags(tags(metric, labels))
            .description(metric.help())
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    registered.add(timer);
    return timer;
  }

  /**
   * Times that something else takes.
   *
   * @param times how often
   * @param seconds how long in all
   */
  public <T> void timed(
      Metric metric, T of, ToLongFunction<T> times, ToDoubleFunction<T> seconds, String... labels) {
    require(metric, Metric.Kind.TIMER);
    registered.add(
        FunctionTimer.builder(metric.dotted(), of, times, seconds, TimeUnit.SECONDS)
            .tags(tags(metric, labels))
            .description(metric.help())
            .register(registry));
  }

  /** Takes all of them out of the registry. */
  @Override
  public void close() {
    registered.forEach(registry::remove);
    registered.clear();
  }

  private static List<Tag> tags(Metric metric, String... values) {
    List<String> names = metric.labels();
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          "%s has the labels %s, not %d values".formatted(metric.name(), names, values.length));
    }
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(names.get(i), values[i]));
    }
    return tags;
  }

  private static void require(Metric metric, Metric.Kind kind) {
    if (metric.kind() != kind) {
      throw new IllegalArgumentException(metric.name() + " is a " + metric.kind());
    }
  }
}
