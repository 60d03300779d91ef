package io.engram.core.kind;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The values of a kind's keys. Whoever asks for less than any gets it within its bounds, or an {@link OutOfBounds}. */
@FunctionalInterface
public interface Values {

  /** The value of a key, of the type of its fallback. */
  Object value(String key);

  /** Any whole number. */
  default int integer(String key) {
    return (Integer) value(key);
  }

  /** Any whole number of 64 bits. */
  default long wide(String key) {
    return (Long) value(key);
  }

  /** Any number. */
  default float number(String key) {
    return ((Double) value(key)).floatValue();
  }

  default boolean flag(String key) {
    return (Boolean) value(key);
  }

  /** Any text. */
  default String text(String key) {
    return (String) value(key);
  }

  /** Any words. */
  default List<String> words(String key) {
    return ((List<?>) value(key)).stream().map(String::valueOf).toList();
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  default <E extends Enum<E>> E choice(String key, Class<E> type) {
    String found = text(key);
    List<E> constants = Arrays.asList(type.getEnumConstants());
    String constant = found.toUpperCase(Locale.ROOT).replace('-', '_');
    return constants.stream()
        .filter(it -> it.name().equals(constant))
        .findFirst()
        .orElseThrow(
            () ->
                new OutOfBounds(
                    key,
                    found,
                    "one of "
                        + String.join(
                            ", ",
                            constants.stream()
                                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .sorted()
                                .toList())));
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
