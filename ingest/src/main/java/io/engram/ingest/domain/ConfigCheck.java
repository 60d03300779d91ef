package io.engram.ingest.domain;

import java.time.Duration;

/** The messages of a configuration that is not allowed: key, value found, values allowed. */
public final class ConfigCheck {

  private ConfigCheck() {}

  public static void require(boolean allowed, String key, Object found, String expected) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "ingest.%s is %s, allowed is %s".formatted(key, found, expected));
    }
  }

  public static void requirePositive(Duration found, String key) {
    require(!found.isNegative() && !found.isZero(), key, found, "a duration above zero");
  }
}
