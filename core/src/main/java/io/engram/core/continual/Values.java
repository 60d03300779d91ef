package io.engram.core.continual;

/** The values of a kind's keys. Whoever asks for less than any number gets it within its bounds, or an {@link OutOfBounds}. */
@FunctionalInterface
public interface Values {

  /** The value of a key, of the type of its fallback. */
  Object value(String key);

  /** Any whole number. */
  default int integer(String key) {
    return (Integer) value(key);
  }

  /** Any number. */
  default float number(String key) {
    return ((Double) value(key)).floatValue();
  }

  default boolean flag(String key) {
    return (Boolean) value(key);
  }

  /** A whole number of at least 1. */
  default int count(String key) {
    return OutOfBounds.atLeastOne(key, integer(key));
  }

  /** A finite number above 0. */
  default float positive(String key) {
    return OutOfBounds.positive(key, number(key));
  }

  /** A finite number, 0 or more. */
  default float notNegative(String key) {
    return OutOfBounds.notNegative(key, number(key));
  }
}
