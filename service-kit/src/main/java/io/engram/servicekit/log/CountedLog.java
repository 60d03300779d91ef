package io.engram.servicekit.log;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A log of what others cause, which may come a million times: of each kind some lines a minute, then a count of the rest. What is logged
 * is made {@link Printable}. Thread-safe.
 */
public final class CountedLog {

  private static final int LINES = 5;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Kinds are named by the program; this many are a mistake, and share one account. */
  private static final int MOST_KINDS = 100;

  private final Logger log;
  private final LongSupplier nanos;
  private final Executor later;
  private final Map<String, LineBudget> budgets = new ConcurrentHashMap<>();

  /** Lines go to {@code log}. */
  public static CountedLog to(Logger log) {
    return new CountedLog(
        log,
        System::nanoTime,
        CompletableFuture.delayedExecutor(MINUTE.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * @param later runs what it is given a minute later
   */
  CountedLog(Logger log, LongSupplier nanos, Executor later) {
    this.log = log;
    this.nanos = nanos;
    this.later = later;
  }

  /**
   * Something to look at, if there is room for another line of its kind.
   *
   * @param kind what it is, of few kinds
   * @param format as SLF4J has it
   * @param arguments shown in one printable line each
   */
  public void warn(String kind, String format, Object... arguments) {
    line(Level.WARN, kind, format, arguments);
  }

  /** As {@link #warn}, of what happens all the time. */
  public void info(String kind, String format, Object... arguments) {
    line(Level.INFO, kind, format, arguments);
  }

  private void line(Level level, String kind, String format, Object... arguments) {
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    String known = budgets.size() < MOST_KINDS || budgets.containsKey(kind) ? kind : "others";
    if (budgets.computeIfAbsent(known, it -> budget(level, it)).spend()) {
      log.atLevel(level).log(format, Arrays.stream(arguments).map(Printable::of).toArray());
    }
  }

  private LineBudget budget(Level level, String kind) {
    return new LineBudget(
        LINES,
        (left, span) ->
            log.atLevel(level)
                .log("… and {} more of '{}' in the last {}", "%,d".formatted(left), kind, span),
        nanos,
        later);
  }
}
