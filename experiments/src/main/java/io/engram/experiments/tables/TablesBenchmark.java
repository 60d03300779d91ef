package io.engram.experiments.tables;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.learning.Durations;
import io.engram.core.baseline.Board;
import io.engram.experiments.tables.KeyedStream.Order;
import io.engram.experiments.tables.Outcome.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Everybody's loss on people's keyed tables, and what the learners lose beside the best of the baselines. */
final class TablesBenchmark {

  /** Who learns over tasks; all others are baselines. */
  private static final List<String> LEARNERS =
      List.of(PresetLearner.NAME, PresetLearner.BEFORE, Board.MIXTURE, BoardRun.TREES_TOO);

  /** The most that may be lost where nothing can be learned, as a multiple. */
  private static final double NOTHING_TO_LEARN = 1.02;

  private final List<Table> tables;
  private final int rows;
  private final int every;
  private final KeptOutcomes kept;
  private final Consumer<String> progress;
  private final List<Case> cases = new ArrayList<>();

  /**
   * A stream to run.
   *
   * @param directory it lies in
   * @param classes whether it is one of classes
   */
  record Table(Path directory, String name, boolean classes, Order order) {

    /** The same with the labels of each key dealt out anew. */
    Table shuffled() {
      return new Table(directory, name, classes, Order.LABELS_SHUFFLED);
    }

    /** All of a directory with a manifest. */
    static List<Table> of(Path directory) {
      return of(directory, KeyedStream.kinds(directory));
    }

    static List<Table> of(Path directory, Map<String, Boolean> kinds) {
      return kinds.entrySet().stream()
          .map(kind -> new Table(directory, kind.getKey(), kind.getValue(), Order.AS_THEY_COME))
          .toList();
    }
  }

  /**
   * A run.
   *
   * @param rows of each stream to read at most
   * @param every how many tasks after which trees are grown again
   * @param kept what earlier runs found
   */
  TablesBenchmark(
      List<Table> tables, int rows, int every, KeptOutcomes kept, Consumer<String> progress) {
    this.tables = List.copyOf(tables);
    this.rows = rows;
    this.every = every;
    this.kept = kept;
    this.progress = progress;
  }

  BenchReport run() {
    Machine machine = Machine.here();
    List<Outcome> outcomes = new ArrayList<>();
    for (Table table : tables) {
      long start = System.nanoTime();
      KeyedStream stream =
          KeyedStream.read(table.directory(), table.name(), table.classes(), rows, table.order());
      Outcome outcome = new Outcome(stream);
      if (!kept.fill(outcome, rows, every)) {
        BoardRun.score(stream, every, outcome);
        new PresetLearner(stream).score(outcome);
        kept.keep(outcome, rows, every);
      }
      report(outcome, (System.nanoTime() - start) / 1e9);
      if (table.order() == Order.LABELS_SHUFFLED) {
        besideNothing(outcome);
      }
      outcomes.add(outcome);
    }
    for (String learner : LEARNERS) {
      for (Part part : Part.values()) {
        double logarithms = 0;
        for (Outcome outcome : outcomes) {
          logarithms += Math.log(ratio(outcome, learner, part));
        }
        double mean = Math.exp(logarithms / outcomes.size());
        cases.add(
            Case.of(
                    "geometric mean of %d streams".formatted(outcomes.size()),
                    learner + ", " + part.words,
                    mean,
                    "x best")
                .versus("best baseline", mean));
      }
    }
    return new BenchReport("tables", machine, cases);
  }

  private void report(Outcome outcome, double seconds) {
    KeyedStream stream = outcome.stream();
    progress.accept(
        "%s, %d tasks, %s".formatted(stream.name(), stream.tasks().size(), Durations.of(seconds)));
    for (String name : outcome.names()) {
      StringBuilder line = new StringBuilder();
      for (Loss loss : outcome.kinds()) {
        for (Part part : Part.values()) {
          double mean = outcome.mean(name, loss, part);
          if (Double.isNaN(mean)) {
            continue;
          }
          line.append(String.format(Locale.ROOT, "  %s, %s %.4f", loss.label, part.words, mean));
          cases.add(figure(outcome, name, loss, part, mean));
        }
      }
      progress.accept("  %-20s%s".formatted(name, line));
    }
    compare(outcome);
  }

  /** The preset beside the best baseline, with the noise of it, and what else is known of it. */
  private void compare(Outcome outcome) {
    String best = outcome.best(baselines(outcome), Part.ALL);
    double reference = outcome.mean(best, outcome.main(), Part.ALL);
    double[] difference = outcome.difference(PresetLearner.NAME, best);
    String line =
        String.format(
            Locale.ROOT,
            "  %s is at %.3f ± %.3f of the best baseline, %s",
            PresetLearner.NAME,
            1 + difference[0] / reference,
            difference[1] / reference,
            best);
    progress.accept(line);
    for (Map.Entry<String, Double> said : outcome.said().entrySet()) {
      progress.accept(String.format(Locale.ROOT, "  %s: %.3f", said.getKey(), said.getValue()));
      cases.add(
          Case.of(
              outcome.stream().name() + " " + PresetLearner.NAME,
              said.getKey(),
              said.getValue(),
              ""));
    }
  }

  /** Where rows say nothing of labels, the preset must not lose more than who only looks at labels. */
  private void besideNothing(Outcome outcome) {
    String mean = outcome.stream().classes() ? "support-shares" : "support-mean";
    double ratio =
        outcome.mean(PresetLearner.NAME, outcome.main(), Part.ALL)
            / outcome.mean(mean, outcome.main(), Part.ALL);
    cases.add(
        Case.of(outcome.stream().name(), PresetLearner.NAME + " beside " + mean, ratio, "")
            .goal("<= " + NOTHING_TO_LEARN, ratio <= NOTHING_TO_LEARN));
    progress.accept(String.format(Locale.ROOT, "  %.3f of %s", ratio, mean));
  }

  private static Case figure(Outcome outcome, String name, Loss loss, Part part, double mean) {
    boolean compared = LEARNERS.contains(name) && loss == outcome.main();
    return Case.of(
            outcome.stream().name() + " " + name,
            loss.label + ", " + part.words,
            mean,
            loss == Loss.ERROR ? "" : loss == Loss.LOG_LOSS ? "nats" : "mse")
        .versus(
            compared ? outcome.best(baselines(outcome), part) : null,
            compared ? ratio(outcome, name, part) : null);
  }

  private static double ratio(Outcome outcome, String learner, Part part) {
    String best = outcome.best(baselines(outcome), part);
    return outcome.mean(learner, outcome.main(), part) / outcome.mean(best, outcome.main(), part);
  }

  private static List<String> baselines(Outcome outcome) {
    return outcome.names().stream().filter(name -> !LEARNERS.contains(name)).toList();
  }
}
