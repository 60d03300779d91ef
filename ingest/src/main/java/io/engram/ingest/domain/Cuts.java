package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;
import static io.engram.ingest.domain.ConfigCheck.requirePositive;

import io.engram.ingest.boundary.BoundaryRules;
import java.time.Duration;
import java.util.Optional;

/**
 * What else closes a task beside its size, its key's silence and its producer.
 *
 * @param age event time between its first example and one that comes too late for it
 * @param window event time on a ruler
 * @param boundary a change in what the examples are
 */
public record Cuts(
    Optional<Duration> age, Optional<WindowRules> window, Optional<BoundaryRules> boundary) {

  /** Nothing else. */
  public static final Cuts NONE = new Cuts(Optional.empty(), Optional.empty(), Optional.empty());

  public Cuts {
    age.ifPresent(found -> requirePositive(found, "grouping.age"));
    require(
        window.isEmpty() || (boundary.isEmpty() && age.isEmpty()),
        "grouping.window",
        window.map(it -> it.kind().toString()).orElse("none"),
        "none where tasks are cut by age or by detected boundaries");
  }
}
