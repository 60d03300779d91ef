package io.engram.experiments.tables;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.learning.Durations;
import io.engram.core.baseline.Board;
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

  private final Path directory;
  private final int rows;
  private final int every;
  private final Consumer<String> progress;
  private final List<Case> cases = new ArrayList<>();

  /**
   * A run.
   *
   * @param rows of each stream to read at most
   * @param every how many tasks after which trees are grown again
   */
  TablesBenchmark(Path directory, int rows, int every, Consumer<String> progress) {
    this.directory = directory;
    this.rows = rows;
    this.every = every;
    this.progress = progress;
  }

  BenchReport run() {
    Machine machine = Machine.here();
    List<Outcome> outcomes = new ArrayList<>();
    for (Map.Entry<String, Boolean> kind : KeyedStream.kinds(directory).entrySet()) {
      long start = System.nanoTime();
      KeyedStream stream = KeyedStream.read(directory, kind.getKey(), kind.getValue(), rows);
      Outcome outcome = new Outcome(stream);
      BoardRun.score(stream, every, outcome);
      new PresetLearner(directory, stream).score(outcome);
      report(outcome, (System.nanoTime() - start) / 1e9);
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
