package io.engram.engine;

import io.engram.core.compute.EngineKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The engines on the class path, by name. */
public final class Engines {

  /** In place of a name: the best kind that can run what is wanted on this machine. */
  public static final String AUTO = "auto";

  /** Engines that are ours but need not be there, and the jar that brings each. */
  private static final Map<String, String> ELSEWHERE = Map.of("cuda", "engram-engine-cuda");

  private Engines() {}

  /**
   * All kinds, the highest rank first.
   *
   * @throws IllegalStateException if one of them cannot be loaded, or two have one name
   */
  public static List<EngineKind> kinds() {
    List<EngineKind> kinds;
    try {
      kinds =
          ServiceLoader.load(EngineKind.class).stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException(
          "an engine on the class path cannot be loaded: %s; take its jar away, or add what it needs"
              .formatted(e.getMessage()),
          e);
    }
    requireDistinct(kinds);
    return kinds.stream()
        .sorted(
            Comparator.comparingInt(EngineKind::rank).reversed().thenComparing(EngineKind::name))
        .toList();
  }

  /** What may stand in a configuration: {@value #AUTO} and the names of all kinds, in order. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), kinds().stream().map(EngineKind::name).sorted()).toList();
  }

  /**
   * Finds a kind, whether it can run here or not.
   *
   * @throws IllegalArgumentException if there is no such kind; the message lists those there are
   */
  public static EngineKind kind(String name) {
    return kinds().stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no compute engine is called '%s'; there are %s%s"
                        .formatted(
                            name,
                            String.join(", ", names()),
                            whereItIs(name).map(place -> "; " + place).orElse(""))));
  }

  /** Of an engine of ours that is not on the class path: which jar brings it, and where that belongs. */
  public static Optional<String> whereItIs(String name) {
    return Optional.ofNullable(ELSEWHERE.get(name))
        .map(
            jar ->
                "'%s' comes with %s, whose jar is not on the class path: add it there, or put it into plugins/ beside the launcher"
                    .formatted(name, jar));
  }

  private static void requireDistinct(List<EngineKind> kinds) {
    Map<String, EngineKind> byName = new TreeMap<>();
    for (EngineKind kind : kinds) {
      EngineKind other = byName.put(kind.name(), kind);
      if (other != null) {
        throw new IllegalStateException(
            "two engines on the class path are called '%s': %s and %s; take one of their jars away"
                .formatted(kind.name(), other.getClass().getName(), kind.getClass().getName()));
      }
    }
  }
}
