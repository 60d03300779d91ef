package io.engram.modelregistry.serving;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A few work, some more wait in the order in which they came, and everybody else is turned away at once. Thread-safe. */
final class Workroom {

  private final Semaphore places;
  private final Semaphore seats;
  private final Duration patience;

  Workroom(int seats, int waiting, Duration patience) {
    this.places = new Semaphore(seats + waiting);
    this.seats = new Semaphore(seats, true);
    this.patience = patience;
  }

  /**
   * Works on the caller's thread.
   *
   * @throws OverloadedException if there is no place, or no seat in time
   */
  <T> T in(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw new OverloadedException("too many questions at the same time; try again");
    }
    try {
      if (!seats.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new OverloadedException("no turn within %s; try again".formatted(patience));
      }
      try {
        return work.get();
      } finally {
        seats.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverloadedException("the registry is stopping");
    } finally {
      places.release();
    }
  }
}
