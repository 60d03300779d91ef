package io.engram.core.continual;

import java.util.List;

/**
 * A continual learner as it is offered to a configuration: it says itself what it is called, which keys it has, and what it makes of them.
 * Found by {@link java.util.ServiceLoader}, so nothing else has to know it. A kind of an instance costs nothing and never fails.
 */
public interface ContinualKind {

  /** Its name, as in {@code learner.algorithm}; its keys stand in a section of this name. Lower case with hyphens. */
  String name();

  /** All its keys with what they are where nobody says otherwise. */
  List<Key> keys();

  /**
   * The learner with these values. Its settings bear this kind's name.
   *
   * @throws OutOfBounds if a value is not what it should be
   */
  DurableSettings settings(Values values);

  /** Whether it means to hold on to what the stream brought, rather than follow the present session. */
  default boolean lasting() {
    return true;
  }

  /** The learner where nobody says otherwise. */
  default DurableSettings defaults() {
    return settings(name -> key(name).fallback());
  }

  /**
   * One of its keys.
   *
   * @throws IllegalStateException if it has none of this name
   */
  default Key key(String name) {
    return keys().stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the continual learner %s asks for the key '%s', which is not among its own: %s"
                        .formatted(name(), name, keys())));
  }

  /**
   * A key.
   *
   * @param name lower case with hyphens
   * @param fallback its value where nobody says otherwise: an Integer, a Double or a Boolean, which also says of what type it is
   */
  record Key(String name, Object fallback) {

    public Key {
      if (!(fallback instanceof Integer
          || fallback instanceof Double
          || fallback instanceof Boolean)) {
        throw new IllegalArgumentException(
            "key '%s' must be a whole number, a number or a flag, found %s"
                .formatted(name, fallback.getClass().getSimpleName()));
      }
    }

    /** A whole number. */
    public static Key of(String name, int fallback) {
      return new Key(name, fallback);
    }

    /** A number. */
    public static Key of(String name, double fallback) {
      return new Key(name, fallback);
    }

    /** True or false. */
    public static Key of(String name, boolean fallback) {
      return new Key(name, fallback);
    }
  }
}
