package io.engram.modelregistry.page;

import io.engram.modelregistry.image.RegisteredVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Studies champions for whoever looks: on one thread, only when asked, and not again at once. Answers at once with what is known. Keeps
 * the last study alone. Thread-safe.
 */
public final class StudyDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StudyDesk.class);

  /** A new champion is studied no sooner after the one before. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** The same champion is studied again on what is new. */
  static final Duration FRESH = Duration.ofSeconds(20);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);
  private static final int MOST_DETAIL = 300;

  private final Optional<VersionStudies> studies;
  private final LongSupplier nanos;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "engram-page-study");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Done last;
  private boolean busy;
  private boolean closed;

  private record Done(
      String model, long version, @Nullable Studied study, String trouble, long at) {}

  /** Which version of which model. */
  private record Wanted(
      String model, RegisteredVersion version, Supplier<Optional<byte[]>> parameters) {

    boolean same(Done done) {
      return done.model().equals(model) && done.version() == version.version();
    }
  }

  /**
   * Nothing is studied yet.
   *
   * @param studies closed with this; empty where nobody can study
   */
  public StudyDesk(Optional<VersionStudies> studies) {
    this(studies, System::nanoTime);
  }

  StudyDesk(Optional<VersionStudies> studies, LongSupplier nanos) {
    this.studies = studies;
    this.nanos = nanos;
  }

  /**
   * What is known of a champion now; begins a study where that is old.
   *
   * @param parameters its bytes; empty where they are no longer kept
   */
  public synchronized StudyReport of(
      String model, RegisteredVersion champion, Supplier<Optional<byte[]>> parameters) {
    if (studies.isEmpty()) {
      return StudyReport.none(
          "This registry does not look at tasks: registry.page.tasks is 0 in its configuration.");
    }
    Wanted wanted = new Wanted(model, champion, parameters);
    if (!busy && !closed && due(wanted)) {
      busy = true;
      worker.execute(() -> study(studies.get(), wanted));
    }
    Done done = last;
    if (done == null || !done.model().equals(model)) {
      return new StudyReport(StudyReport.State.COMPUTING, "", null);
    }
    if (done.study() == null) {
      return StudyReport.none(done.trouble());
    }
    return new StudyReport(
        wanted.same(done) ? StudyReport.State.READY : StudyReport.State.COMPUTING,
        done.trouble(),
        done.study());
  }

  private boolean due(Wanted wanted) {
    Done done = last;
    if (done == null || !done.model().equals(wanted.model())) {
      return true;
    }
    Duration since = Duration.ofNanos(nanos.getAsLong() - done.at());
    return since.compareTo(wanted.same(done) ? FRESH : PAUSE) >= 0;
  }

  private void study(VersionStudies by, Wanted wanted) {
    Studied study = null;
    String trouble = "";
    try {
      long version = wanted.version().version();
      Optional<byte[]> bytes = wanted.parameters().get();
      if (bytes.isPresent()) {
        study = by.study(version, wanted.version().manifest(), bytes.get());
      } else {
        trouble = "The parameters of version %d are no longer kept.".formatted(version);
      }
    } catch (RuntimeException e) {
      LOG.warn("model {} could not be studied for the page: {}", wanted.model(), e.toString());
      String why = String.valueOf(e.getMessage());
      trouble = why.length() <= MOST_DETAIL ? why : why.substring(0, MOST_DETAIL) + " …";
    }
    keep(new Done(wanted.model(), wanted.version().version(), study, trouble, nanos.getAsLong()));
  }

  private synchronized void keep(Done done) {
    last = done;
    busy = false;
  }

  /** Waits a while for a study under way. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    // On the thread that works with it.
    studies.ifPresent(it -> worker.execute(it::close));
    worker.shutdown();
    try {
      if (!worker.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a study for the page did not end in time; it is left alone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
