package io.engram.cli.taste;

import io.engram.cli.config.Layers;
import io.engram.cli.source.SourceException;
import io.engram.core.task.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/** What a first look at a table found. */
public final class Taste {

  private final Findings findings;

  private Taste(Findings findings) {
    this.findings = findings;
  }

  /**
   * Reads a table, lets Engram learn from it, and judges.
   *
   * @param user what else is configured
   * @param progress told what goes on
   * @throws SourceException if the table cannot be read, or no key has rows enough
   */
  public static Taste of(Wanted wanted, Layers user, Consumer<String> progress) {
    Stopwatch watch = new Stopwatch(System::nanoTime, wanted.limits().seconds(), progress);
    watch.say("reading " + wanted.file());
    Table table = TableFile.read(wanted, user);
    KeyCounts keys = KeyCounts.of(table.rows());
    List<Task> tasks = new TaskCutter(table, keys.half()).tasks();
    requireTasks(wanted, keys, tasks);
    Trial trial = new Trying(table, keys.half(), watch).of(tasks);
    double between = BetweenKeys.share(table);
    Verdict verdict =
        Verdict.of(trial.comparison(), ErrorKind.of(table), ConstantAnswer.error(table), between);
    return new Taste(new Findings(wanted, table, keys, between, trial, verdict, watch.seconds()));
  }

  private static void requireTasks(Wanted wanted, KeyCounts keys, List<Task> tasks) {
    if (tasks.isEmpty()) {
      throw new SourceException(
          "no key of %s has enough rows: the largest of %,d keys in '%s' has %d, at least %d are needed (%d to adapt on, %d to be asked); name a coarser column with --key, or read more with --rows"
              .formatted(
                  wanted.file(),
                  keys.keys(),
                  wanted.key(),
                  keys.largest(),
                  2 * keys.half(),
                  keys.half(),
                  keys.half()));
    }
  }

  /** For people. */
  public void print(PrintWriter out) {
    new TextReport(findings).lines().forEach(out::println);
    out.flush();
  }

  /** All figures, one JSON object. */
  public String json() {
    return JsonReport.of(findings).toString();
  }

  /** A page to send to somebody: one piece of HTML that needs nothing else. */
  public String page() {
    return new PageReport(findings).html();
  }
}
