package io.engram.learner;

import java.util.List;
import java.util.Locale;

/** What a value in a configuration file may be; the message begins with the key. */
final class Allowed {

  private Allowed() {}

  /** One of several words, in lower case. */
  static String oneOf(String key, String value, List<String> allowed) {
    String found = value.toLowerCase(Locale.ROOT);
    if (!allowed.contains(found)) {
      throw new IllegalArgumentException(
          "%s must be one of %s, found '%s'".formatted(key, String.join(", ", allowed), value));
    }
    return found;
  }

  /** A number above 0. */
  static void positive(String key, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(key + " must be more than 0, found " + value);
    }
  }
}
