package io.engram.core.continual;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** The continual learners on the class path, by name. */
public final class ContinualKinds {

  private ContinualKinds() {}

  /**
   * All kinds, by name.
   *
   * @throws IllegalStateException if one of them cannot be loaded, or two have one name
   */
  public static List<ContinualKind> all() {
    List<ContinualKind> kinds;
    try {
      kinds =
          ServiceLoader.load(ContinualKind.class).stream()
              .map(ServiceLoader.Provider::get)
              .sorted(Comparator.comparing(ContinualKind::name))
              .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException(
          "a continual learner on the class path cannot be loaded: %s; take its jar away, or add what it needs"
              .formatted(e.getMessage()),
          e);
    }
    Set<String> names = new HashSet<>();
    for (ContinualKind kind : kinds) {
      if (!names.add(kind.name())) {
        throw new IllegalStateException(
            "two continual learners are called '%s'; take one of their jars away"
                .formatted(kind.name()));
      }
    }
    return kinds;
  }

  /** The kind of this name, if there is one. */
  public static Optional<ContinualKind> named(String name) {
    return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
  }
}
