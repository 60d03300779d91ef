package io.engram.cli.feed;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a source's records in transactions: examples to {@code examples}, bad data to {@code examples.rejected}. Each record carries
 * its index, so the next start goes on behind the last one that was committed.
 *
 * <p>One thread named {@code engram-source} does the work; the methods here may be called from any thread.
 */
public final class SourceFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SourceFeed.class);

  /** How long a source may take to give the record that it is asked for. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** How long a commit that has begun may take on a machine far too busy: what is told as sent must be what was. */
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(40);

  private static final long PAUSE_MILLIS = 20;

  private final ExampleSource source;
  private final FeedConfig config;
  private final FeedLog log;
  private final LongSupplier consumed;
  private final Duration closeTimeout;
  private final long resumedAt;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile long next;
  private volatile boolean committing;
  private volatile boolean exhausted;

  private SourceFeed(
      ExampleSource source,
      FeedConfig config,
      FeedLog log,
      LongSupplier consumed,
      Duration closeTimeout) {
    this.source = source;
    this.config = config;
    this.log = log;
    this.consumed = consumed;
    this.closeTimeout = closeTimeout;
    this.resumedAt = log.next();
    this.next = resumedAt;
  }

  /**
   * Starts sending where the log ends.
   *
   * @param source not closed here
   * @param log closed here
   * @param consumed records that have left the pipeline: in tasks or rejected
   */
  public static SourceFeed start(
      ExampleSource source, FeedConfig config, FeedLog log, LongSupplier consumed) {
    return start(source, config, log, consumed, CLOSE_TIMEOUT);
  }

  static SourceFeed start(
      ExampleSource source,
      FeedConfig config,
      FeedLog log,
      LongSupplier consumed,
      Duration closeTimeout) {
    SourceFeed feed = new SourceFeed(source, config, log, consumed, closeTimeout);
    Thread thread = new Thread(feed::run, "engram-source");
    thread.setDaemon(true); // a read from the standard input cannot be interrupted
    thread.start();
    return feed;
  }

  /** Where this feed began: records sent and committed by all earlier feeds. */
  public long resumedAt() {
    return resumedAt;
  }

  /** Records sent and committed, by this and all earlier feeds. */
  public long sent() {
    return next;
  }

  /** Whether the source has ended and all of it was sent. */
  public boolean finished() {
    return exhausted;
  }

  /** Completes when the feed has stopped: normally at the end of the source or after {@link #close}, else with what stopped it. */
  public CompletableFuture<Void> termination() {
    return termination.copy();
  }

  /**
   * Stops after the transaction at hand: a source that gives nothing is not waited for long, a commit that has begun is. Idempotent.
   */
  @Override
  public void close() {
    stop.countDown();
    if (!stoppedWithin(closeTimeout) && !(committing && stoppedWithin(COMMIT_TIMEOUT))) {
      LOG.warn("the source did not stop in time; what it had not committed is not sent");
    }
  }

  private boolean stoppedWithin(Duration patience) {
    try {
      termination.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      LOG.debug("closed a feed that had already failed", e);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void run() {
    try (Cursor cursor = source.open(next)) {
      while (!exhausted && !stopped()) {
        if (next - consumed.getAsLong() > config.maxAhead() - config.batch() || !cursor.ready()) {
          pause();
        } else {
          sendBatch(cursor);
        }
      }
      log.close(CLOSE_TIMEOUT);
      LOG.info("sent {} records", next);
    } catch (RuntimeException | Error e) {
      // A transaction that is open now is ended by the next start; waiting for it would take long.
      log.close(Duration.ZERO);
      if (stopped()) {
        LOG.warn("stopped at {} records; what was sent behind them may not be committed", next, e);
      } else {
        termination.completeExceptionally(e);
      }
    }
    termination.complete(null);
  }

  private void sendBatch(Cursor cursor) {
    log.begin();
    long sent = 0;
    boolean ended = false;
    while (sent < config.batch() && (sent == 0 || cursor.ready())) {
      SourceRecord record = cursor.next();
      if (record == null) {
        ended = true;
        break;
      }
      log.send(record);
      sent++;
    }
    long before = next; // this thread alone writes it
    if (ended && config.closeAtEnd() && !(log.ended() && before + sent == log.next())) {
      log.end(before + sent);
    }
    committing = true;
    log.commit();
    next = before + sent;
    committing = false;
    cursor.committed();
    exhausted = ended;
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void pause() {
    try {
      if (stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the source was interrupted", e);
    }
  }
}
