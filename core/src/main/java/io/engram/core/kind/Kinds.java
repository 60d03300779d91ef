package io.engram.core.kind;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds the kinds on the class path, by name. */
public final class Kinds {

  private Kinds() {}

  /**
   * All kinds of one type, by name.
   *
   * @param one what such a kind is called, with its article: "a source"
   * @param several what two of them are called: "sources"
   * @throws IllegalStateException if one of them cannot be loaded, or two have one name
   */
  public static <K extends Kind> List<K> all(Class<K> type, String one, String several) {
    List<K> kinds = load(type, one).stream().sorted(Comparator.comparing(Kind::name)).toList();
    Map<String, K> byName = new TreeMap<>();
    for (K kind : kinds) {
      if (byName.put(kind.name(), kind) != null) {
        throw new IllegalStateException(
            "two %s are called '%s'; take one of their jars away".formatted(several, kind.name()));
      }
    }
    return kinds;
  }

  /**
   * What is registered for a type, kinds or not, in the order of the class path.
   *
   * @param one what such a thing is called, with its article
   * @throws IllegalStateException if one of them cannot be loaded
   */
  public static <T> List<T> load(Class<T> type, String one) {
    try {
      return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException(
          "%s on the class path cannot be loaded: %s; take its jar away, or add what it needs"
              .formatted(one, e.getMessage()),
          e);
    }
  }

  /** The kind of this name, if it is among these. */
  public static <K extends Kind> Optional<K> named(String name, List<K> kinds) {
    return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }
}
