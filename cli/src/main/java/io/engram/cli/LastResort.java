package io.engram.cli;

import io.engram.cli.ops.Failures;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when a thread dies of something that nobody has caught: an error at the start, memory that has run out. A process that
 * went on with one thread less would look alive and do nothing. One line on the standard error, exit code 1.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger("failure");

  /** For the parts to stop in order, where they still can. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final AtomicBoolean ending = new AtomicBoolean();

  static void install() {
    Thread.setDefaultUncaughtExceptionHandler(new LastResort());
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    try {
      say(System.err, thread, failure);
      daemon("engram-last-resort", LastResort::haltAfterAll).start();
      daemon("engram-ends", () -> System.exit(ExitCodes.FAILURE)).start();
    } catch (Throwable e) {
      Runtime.getRuntime().halt(ExitCodes.FAILURE); // not even a thread can be had
    }
  }

  private static void say(PrintStream err, Thread thread, Throwable failure) {
    err.println(
        thread.getName().equals("main")
            ? "engram: " + Failures.inOneLine(failure)
            : "engram: the thread %s has died: %s"
                .formatted(thread.getName(), Failures.inOneLine(failure)));
    err.flush();
    LOG.error("engram has stopped", failure);
  }

  private static void haltAfterAll() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCodes.FAILURE);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
