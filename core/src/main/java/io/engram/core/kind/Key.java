package io.engram.core.kind;

import java.util.List;

/**
 * A key of a kind.
 *
 * @param name lower case with hyphens
 * @param fallback its value where nobody says otherwise: an Integer, a Long, a Double, a Boolean, a String or a List of words, which also
 *     says of what type it is
 * @param meaning what it is, its unit and what is allowed, for people; "" where that is explained elsewhere
 */
public record Key(String name, Object fallback, String meaning) {

  public Key {
    if (!(fallback instanceof Integer
        || fallback instanceof Long
        || fallback instanceof Double
        || fallback instanceof Boolean
        || fallback instanceof String
        || fallback instanceof List<?>)) {
      throw new IllegalArgumentException(
          "key '%s' must be a whole number, a number, a flag, a text or words, found %s"
              .formatted(name, fallback.getClass().getSimpleName()));
    }
  }

  /** A whole number. */
  public static Key of(String name, int fallback) {
    return new Key(name, fallback, "");
  }

  /** A whole number of 64 bits. */
  public static Key of(String name, long fallback) {
    return new Key(name, fallback, "");
  }

  /** A number. */
  public static Key of(String name, double fallback) {
    return new Key(name, fallback, "");
  }

  /** True or false. */
  public static Key of(String name, boolean fallback) {
    return new Key(name, fallback, "");
  }

  /** Any text. */
  public static Key of(String name, String fallback) {
    return new Key(name, fallback, "");
  }

  /** Words; in a text they are separated by commas. */
  public static Key of(String name, List<String> fallback) {
    return new Key(name, List.copyOf(fallback), "");
  }

  /** The same, explained. */
  public Key meaning(String sentences) {
    return new Key(name, fallback, sentences);
  }
}
