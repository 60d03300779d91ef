package io.engram.modelregistry.serving;

import java.time.Duration;

/**
 * How much is answered at a time, and how large a question may be.
 *
 * @param workers questions answered at the same time, 1 to 64
 * @param queue further ones that wait, 0 to 1,000; whoever comes beyond them is refused at once
 * @param patience how long one may wait, at least 1 ms; then it is refused too
 * @param maxBodyBytes longest request body taken, 1 KiB to 16 MiB
 * @param maxRows most support rows, and most questions, 1 to 10,000
 * @param maxFeatures most features of a row, 1 to 1,000,000
 */
public record ServingConfig(
    int workers, int queue, Duration patience, int maxBodyBytes, int maxRows, int maxFeatures) {

  /** 2 workers, 12 waiting for at most 2 s; bodies up to 1 MiB, 200 rows of 10,000 features. */
  public static final ServingConfig DEFAULT =
      new ServingConfig(2, 12, Duration.ofSeconds(2), 1 << 20, 200, 10_000);

  public ServingConfig {
    require("workers", workers, 1, 64);
    require("queue", queue, 0, 1_000);
    require("maxBodyBytes", maxBodyBytes, 1024, 16 << 20);
    require("maxRows", maxRows, 1, 10_000);
    require("maxFeatures", maxFeatures, 1, 1_000_000);
    if (patience.toMillis() < 1) {
      throw new IllegalArgumentException("patience must be at least 1 ms, found " + patience);
    }
  }

  private static void require(String name, int found, int least, int most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          "%s must be %,d to %,d, found %,d".formatted(name, least, most, found));
    }
  }
}
