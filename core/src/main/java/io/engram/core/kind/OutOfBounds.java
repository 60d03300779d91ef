package io.engram.core.kind;

/** A setting that is not what it should be. Says which, so that a configuration can name the key and where it was set. */
public final class OutOfBounds extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String setting;
  private final String expected;

  /**
   * @param setting as it is called in a configuration
   * @param expected in words, such as "at least 1"
   */
  public OutOfBounds(String setting, Object found, String expected) {
    super("%s must be %s, found %s".formatted(setting, expected, found));
    this.setting = setting;
    this.expected = expected;
  }

  /** What it is called in a configuration. */
  public String setting() {
    return setting;
  }

  /** What it should be. */
  public String expected() {
    return expected;
  }

  /** A whole number of at least 1. */
  public static int atLeastOne(String setting, int value) {
    require(value >= 1, setting, value, "at least 1");
    return value;
  }

  /** A whole number, 0 or more. */
  public static int notNegative(String setting, int value) {
    require(value >= 0, setting, value, "0 or more");
    return value;
  }

  /** A finite number, 0 or more. */
  public static float notNegative(String setting, float value) {
    require(value >= 0 && value <= Float.MAX_VALUE, setting, value, "0 or more");
    return value;
  }

  /** A finite number above 0. */
  public static float positive(String setting, float value) {
    require(value > 0 && value <= Float.MAX_VALUE, setting, value, "more than 0");
    return value;
  }

  /** A part of something: more than 0, at most 1. */
  public static float share(String setting, float value) {
    require(value > 0 && value <= 1, setting, value, "more than 0, at most 1");
    return value;
  }

  /** A part of something that is not all of it, or none: 0 or more, less than 1. */
  public static float partOrNone(String setting, float value) {
    require(value >= 0 && value < 1, setting, value, "0 or more, less than 1");
    return value;
  }

  private static void require(boolean met, String setting, Object found, String expected) {
    if (!met) {
      throw new OutOfBounds(setting, found, expected);
    }
  }
}
