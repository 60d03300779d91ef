package io.engram.ingest.kafka;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then how far a role is behind, on a thread of its own. All methods are safe for use by many threads. */
public final class LagProbe implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LagProbe.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final long UNKNOWN = -1;

  private final LongSupplier lag;
  private final ScheduledExecutorService prober;
  private final ScheduledFuture<?> probing;
  private volatile long known = UNKNOWN;
  private volatile boolean closed;

  /**
   * Begins to ask.
   *
   * @param role its name, for the thread's
   * @param lag asks Kafka
   */
  public LagProbe(String role, LongSupplier lag) {
    this.lag = lag;
    this.prober =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "engram-" + role + "-lag");
              thread.setDaemon(true);
              return thread;
            });
    this.probing =
        prober.scheduleWithFixedDelay(this::refresh, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As of a moment ago, and after {@link #close} what stood at last; −1 while not known. */
  public long known() {
    return known;
  }

  /** Asks now. Throws what asking throws. */
  public long ask() {
    long now = lag.getAsLong();
    known = now;
    return now;
  }

  @Override
  public void close() {
    closed = true;
    probing.cancel(true);
    prober.shutdownNow();
  }

  private void refresh() {
    try {
      known = lag.getAsLong();
    } catch (RuntimeException e) {
      // Whatever it is: thrown on, it would end the looking without a word. A question that closing
      // cut short says nothing of the lag: what stood at last stays.
      if (!closed) {
        known = UNKNOWN;
        LOG.debug("lag not known", e);
      }
    }
  }
}
