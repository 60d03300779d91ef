package io.engram.benchmarks.device;

import io.engram.core.compute.EngineKind.Availability;
import io.engram.engine.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The steps, one after another, within one budget. */
final class Session {

  /** For what comes after the last step. */
  private static final double END_SECONDS = 2;

  /** What a step may take beyond its budget before it is killed, to end by itself. */
  private static final double GRACE_SECONDS = 8;

  private final String engine;
  private final Set<StepKind> steps;
  private final Budget budget;
  private final Results results;
  private final Path work;

  Session(String engine, Set<StepKind> steps, Budget budget, Results results, Path work) {
    this.engine = engine;
    this.steps = steps;
    this.budget = budget;
    this.results = results;
    this.work = work;
  }

  /** Runs what there is time for. */
  void run(List<String> arguments) {
    describe();
    for (StepKind kind : StepKind.values()) {
      if (steps.contains(kind)) {
        step(kind, arguments);
      }
    }
    results.add(PeerComparison.of(results.report().cases()));
  }

  private void describe() {
    Availability availability = Engines.kind(engine).availability();
    if (availability instanceof Availability.Here here) {
      results.add(List.of(Remark.held("engine " + engine, "runs here", true, here.device())));
    } else if (availability instanceof Availability.Absent absent) {
      results.add(List.of(Remark.held("engine " + engine, "runs here", false, absent.reason())));
    }
  }

  private void step(StepKind kind, List<String> arguments) {
    double left = budget.left() - END_SECONDS;
    boolean last = steps.stream().noneMatch(other -> other.compareTo(kind) > 0);
    // None takes so much that those after it get nothing.
    double share = last ? left : left / 2;
    double allowed = Math.min(kind.mostSeconds, share - graceOf(share));
    if (allowed < Math.min(kind.leastSeconds, kind.mostSeconds)) {
      results.add(
          List.of(
              Remark.missing(
                  "step " + kind.label(), "left out", "%.0f s were left".formatted(left))));
      return;
    }
    results.say("== %s, at most %.0f s".formatted(kind.label(), allowed));
    List<String> whole = new ArrayList<>(List.of("step", kind.name()));
    whole.addAll(arguments);
    whole.addAll(List.of("--seconds", Double.toString(allowed)));
    double before = budget.left();
    String trouble = StepProcess.run(whole, allowed + graceOf(share), results::say);
    results.add(CaseFile.read(StepCommand.file(work, kind)));
    if (!trouble.isEmpty()) {
      results.add(List.of(Remark.missing("step " + kind.label(), "went wrong", trouble)));
    }
    results.say("== %s took %.1f s".formatted(kind.label(), before - budget.left()));
  }

  /** Of a short budget only a part. */
  private static double graceOf(double left) {
    return Math.min(GRACE_SECONDS, left / 10);
  }
}
