package io.engram.core.kind;

import java.util.List;

/**
 * Something that is chosen by its name in a configuration and says itself which keys it has. Found by {@link java.util.ServiceLoader}, so
 * nothing else has to know it. A kind of an instance costs nothing and never fails.
 */
public interface Kind {

  /** Its name in a configuration: lower case with hyphens. */
  String name();

  /** All its keys with what they are where nobody says otherwise. */
  List<Key> keys();

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
                    "%s asks for the key '%s', which is not among its own: %s"
                        .formatted(name(), name, keys().stream().map(Key::name).toList())));
  }

  /** The values where nobody says otherwise. */
  default Values fallbacks() {
    return name -> key(name).fallback();
  }
}
