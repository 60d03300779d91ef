package io.engram.cli.source.csv;

import io.engram.cli.columns.LabelPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which classes have an output of the network: those that were planned, and the first few that turn up later. Owned by one thread. */
final class ClassRoom {

  private final LabelPlan.Classes plan;
  private final Set<String> placed;
  private final Map<String, Long> turnedAway = new HashMap<>();

  ClassRoom(LabelPlan.Classes plan) {
    this.plan = plan;
    this.placed = new HashSet<>(plan.values());
  }

  /**
   * What became of a class.
   *
   * @param placed whether it has an output
   * @param remark what is to be said, the first time that a new one comes
   */
  record Seat(boolean placed, Optional<String> remark) {}

  Seat seat(String label, long row) {
    if (placed.contains(label)) {
      return new Seat(true, Optional.empty());
    }
    int left = plan.outputs() - placed.size();
    if (left > 0) {
      placed.add(label);
      return new Seat(
          true,
          Optional.of(
              "class '%s' of column '%s' is new, first in row %d; it takes one of the %d outputs kept for such, %d are left"
                  .formatted(label, plan.column(), row, plan.spare(), left - 1)));
    }
    boolean first = turnedAway.putIfAbsent(label, row) == null;
    return new Seat(
        false,
        first
            ? Optional.of("row %d, column '%s': %s".formatted(row, plan.column(), refusal(label)))
            : Optional.empty());
  }

  /** Why a class has no output, and what to do. */
  String refusal(String label) {
    return "class '%s' is new, and none of the network's %d outputs is left; its rows are rejected until a start in a fresh directory (--state DIR), with more source.csv.spare-classes (now %d) if more are to come"
        .formatted(label, plan.outputs(), plan.spare());
  }
}
