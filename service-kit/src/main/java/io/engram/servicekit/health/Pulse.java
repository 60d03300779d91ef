package io.engram.servicekit.health;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the turns of a thread that comes round even if there is nothing to do: one that does not is stuck. Thread-safe. */
public final class Pulse {

  private final AtomicLong turns = new AtomicLong();

  /** One more turn. */
  public void beat() {
    turns.incrementAndGet();
  }

  /** It always has to come round. */
  public Headway headway() {
    return new Headway(turns.get(), true);
  }
}
