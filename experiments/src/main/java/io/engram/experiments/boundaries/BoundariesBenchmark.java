package io.engram.experiments.boundaries;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.ingest.boundary.Boundaries;
import io.engram.ingest.boundary.BoundaryRules;
import io.engram.ingest.boundary.DetectorKind;
import io.engram.ingest.boundary.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Every detector on every stream, whose tasks change with any example with the hazard. */
final class BoundariesBenchmark {

  static final double HAZARD = 0.02;

  /** Two tasks' worth of examples. */
  static final int PATIENCE = (int) (2 / HAZARD);

  private static final double GOAL = 0.9;

  private final Map<String, Scenes> streams;
  private final int examples;
  private final long seed;
  private final Consumer<String> say;

  /**
   * @param streams by name
   * @param examples of each
   */
  BoundariesBenchmark(Map<String, Scenes> streams, int examples, long seed, Consumer<String> say) {
    this.streams = streams;
    this.examples = examples;
    this.seed = seed;
    this.say = say;
  }

  /** The detectors as one would set them for tasks of fifty. */
  static Map<String, BoundaryRules> detectors() {
    return Map.of(
        "bayes",
        new BoundaryRules(DetectorKind.BAYES, Statistic.LOSS, HAZARD, 0.002, 5, 200),
        "adwin",
        new BoundaryRules(DetectorKind.ADWIN, Statistic.LOSS, HAZARD, 0.1, 5, 100),
        "page-hinkley",
        new BoundaryRules(DetectorKind.PAGE_HINKLEY, Statistic.LOSS, HAZARD, 0.002, 3, 100),
        "kswin",
        new BoundaryRules(DetectorKind.KSWIN, Statistic.LOSS, HAZARD, 0.005, 5, 40));
  }

  BenchReport run() {
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, Scenes> stream : new TreeMap<>(streams).entrySet()) {
      for (Map.Entry<String, BoundaryRules> detector : new TreeMap<>(detectors()).entrySet()) {
        String name = "%s on %s".formatted(detector.getKey(), stream.getKey());
        say.accept(name);
        BoundaryRules rules = detector.getValue();
        Outcome outcome = run(stream.getValue(), rules);
        cases.addAll(cases(name, rules.detector() == DetectorKind.BAYES, outcome));
      }
    }
    return new BenchReport("boundaries", Machine.here(), cases);
  }

  private static List<Case> cases(String name, boolean held, Outcome outcome) {
    Case f1 = Case.of(name, "F1 within two tasks' worth", outcome.f1(), "");
    return List.of(
        held ? f1.goal(">= " + GOAL, outcome.f1() >= GOAL) : f1,
        Case.of(name, "precision", outcome.precision(), ""),
        Case.of(name, "recall", outcome.recall(), ""),
        Case.of(name, "delay", outcome.delay(), "examples"),
        Case.of(name, "false alarms", outcome.falseAlarms(), "alarms"),
        Case.of(name, "boundaries", outcome.boundaries(), "tasks"));
  }

  private Outcome run(Scenes scenes, BoundaryRules rules) {
    Random random = new Random(seed);
    Boundaries boundaries = new Boundaries(rules);
    Outcome outcome = new Outcome(PATIENCE);
    byte[] state = new byte[0];
    List<Integer> task = scenes.task(random);
    for (int i = 0; i < examples; i++) {
      if (i > 0 && random.nextDouble() < HAZARD) {
        task = scenes.task(random);
        outcome.boundary(i);
      }
      Boundaries.Seen seen = boundaries.look(state, scenes.example(task, random));
      state = seen.state();
      if (seen.verdict().found()) {
        outcome.alarm(i);
      }
    }
    return outcome;
  }
}
