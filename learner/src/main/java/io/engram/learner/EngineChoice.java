package io.engram.learner;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.EngineKind.Availability;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongState;
import io.engram.engine.Engines;
import io.engram.learner.rocksdb.ComputedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the engine for a learner. One that is named is taken or the start fails. {@code auto} stays with the engine that computed what
 * the store holds, because another would not give the same bits; where there is none, or it cannot run any more, it takes the one of the
 * highest rank that can.
 */
final class EngineChoice<S extends LifelongState, O extends GroupOutcome> {

  private final List<EngineKind> kinds;
  private final EngineConfig config;
  private final Function<ComputeEngine, Computation<S, O>> compiling;

  /**
   * @param kinds all there are, the highest rank first
   * @param compiling throws {@link UnsupportedNetworkException} where an engine cannot run the learner
   */
  EngineChoice(
      List<EngineKind> kinds,
      EngineConfig config,
      Function<ComputeEngine, Computation<S, O>> compiling) {
    this.kinds = kinds;
    this.config = config;
    this.compiling = compiling;
  }

  /**
   * Takes an engine.
   *
   * @param before what computed the store's content; nothing where the store is empty
   * @throws UnsupportedNetworkException if the engine that is named, or every one, cannot run the learner here
   */
  ChosenEngine<S, O> take(Optional<ComputedBy> before) {
    return config.isAuto() ? best(before) : named();
  }

  private ChosenEngine<S, O> named() {
    EngineKind kind =
        kinds.stream()
            .filter(it -> it.name().equals(config.name()))
            .findFirst()
            .orElseGet(() -> Engines.kind(config.name()));
    try {
      return open(kind, List.of());
    } catch (UnsupportedNetworkException e) {
      throw new UnsupportedNetworkException(
          "the engine %s cannot run this learner here: %s (learner.engine = %s looks for one that can)"
              .formatted(kind.name(), e.getMessage(), Engines.AUTO));
    }
  }

  private ChosenEngine<S, O> best(Optional<ComputedBy> before) {
    List<String> passedOver = new ArrayList<>();
    List<EngineKind> willing = kinds.stream().filter(kind -> kind.rank() >= 0).toList();
    Optional<EngineKind> faithful =
        willing.stream()
            .filter(kind -> before.stream().anyMatch(it -> it.engine().equals(kind.name())))
            .findFirst();
    if (faithful.isPresent()) {
      try {
        return open(faithful.get(), better(willing, faithful.get()));
      } catch (UnsupportedNetworkException e) {
        passedOver.add(why(faithful.get(), e));
      }
    }
    for (EngineKind kind : willing) {
      if (faithful.filter(kind::equals).isEmpty()) {
        try {
          return open(kind, passedOver);
        } catch (UnsupportedNetworkException e) {
          passedOver.add(why(kind, e));
        }
      }
    }
    throw new UnsupportedNetworkException(
        "no compute engine can run this learner here: " + String.join("; ", passedOver));
  }

  private static String why(EngineKind kind, UnsupportedNetworkException failure) {
    return "%s: %s".formatted(kind.name(), failure.getMessage());
  }

  /** What would have been asked first, had the store been empty. */
  private static List<String> better(List<EngineKind> willing, EngineKind taken) {
    return willing.stream()
        .takeWhile(kind -> !kind.equals(taken))
        .map(
            kind ->
                kind.availability() instanceof Availability.Absent absent
                    ? "%s: %s".formatted(kind.name(), absent.reason())
                    : "%s: what the store holds was computed with %s, and another engine does not give the same bits; learner.engine = %s changes over"
                        .formatted(kind.name(), taken.name(), kind.name()))
        .toList();
  }

  private ChosenEngine<S, O> open(EngineKind kind, List<String> passedOver) {
    Availability availability = kind.availability();
    if (availability instanceof Availability.Absent absent) {
      throw new UnsupportedNetworkException(absent.reason());
    }
    Computation<S, O> computation = compiling.apply(kind.open(config.threadsHere()));
    String device = ((Availability.Here) availability).device();
    return new ChosenEngine<>(
        new ComputedBy(kind.name(), device), computation, List.copyOf(passedOver));
  }
}
