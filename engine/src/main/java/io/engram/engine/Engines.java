package io.engram.engine;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.EngineKind.Availability;
import io.engram.core.compute.UnsupportedNetworkException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The engines on the class path, by name. */
public final class Engines {

  /** Takes the best kind that can run on this machine. */
  public static final String AUTO = "auto";

  private Engines() {}

  /** All kinds, the highest rank first. */
  public static List<EngineKind> kinds() {
    return ServiceLoader.load(EngineKind.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(EngineKind::rank).reversed())
        .toList();
  }

  /**
   * Finds a kind.
   *
   * @param name a kind's name, or {@value #AUTO}
   * @throws IllegalArgumentException if there is no such kind; the message lists those there are
   */
  public static EngineKind kind(String name) {
    List<EngineKind> kinds = kinds();
    if (name.equals(AUTO)) {
      return kinds.stream()
          .filter(kind -> kind.rank() >= 0 && kind.availability() instanceof Availability.Here)
          .findFirst()
          .orElseThrow(
              () -> new UnsupportedNetworkException("no compute engine can run on this machine"));
    }
    return kinds.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no compute engine is called '%s'; there are %s and %s"
                        .formatted(
                            name,
                            String.join(", ", kinds.stream().map(EngineKind::name).toList()),
                            AUTO)));
  }

  /** Opens the engine of {@link #kind(String)}. */
  public static ComputeEngine open(String name, int threads) {
    return kind(name).open(threads);
  }
}
