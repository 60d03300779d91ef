package io.engram.servicekit.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notices a part that gets nothing done though there is work. For one thread, which looks regularly. */
public final class StallWatch {

  private final Duration patience;
  private final Clock clock;
  private Headway last = new Headway(-1, false);
  private Instant since;

  /**
   * Nothing seen yet.
   *
   * @param patience how long nothing may move
   */
  public StallWatch(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Since when nothing has moved, where that is longer than it may be. */
  public Optional<Instant> look(Headway now) {
    Instant time = clock.instant();
    if (now.position() != last.position() || !now.work() || !last.work()) {
      since = time;
    }
    last = now;
    return Duration.between(since, time).compareTo(patience) > 0
        ? Optional.of(since)
        : Optional.empty();
  }
}
