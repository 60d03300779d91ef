package io.engram.cli.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops what was started, the last first; a part that fails to stop does not keep the others running. */
public final class StopInOrder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StopInOrder.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Takes a part over. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  @SuppressWarnings("CatchAndPrintStackTrace")
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception | Error e) {
        LOG.error(
            "{} did not stop cleanly: {}", part.getClass().getSimpleName(), e.getMessage(), e);
      }
    }
  }
}
