package io.engram.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a request, and lets the process end only when it has been carried out. The exit code is then the
 * JVM's: 130 or 143.
 */
final class StopSignal implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch carriedOut = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "engram-stop"));
    return signal;
  }

  /** Waits for the request. */
  boolean await(long millis) {
    try {
      return requested.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Everything has stopped. */
  @Override
  public void close() {
    carriedOut.countDown();
  }

  private void onShutdown() {
    requested.countDown();
    try {
      if (!carriedOut.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("engram: not stopped after %d s, giving up".formatted(PATIENCE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
