package io.engram.cli.taste;

import io.engram.cli.columns.LabelKind;
import io.engram.cli.taste.Comparison.Line;
import io.engram.cli.taste.Comparison.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings in the words that the text and the page share. */
final class InWords {

  private final Findings found;

  InWords(Findings found) {
    this.found = found;
  }

  String title() {
    return "%s: '%s' by '%s'"
        .formatted(
            found.wanted().file().getFileName(), found.wanted().label(), found.wanted().key());
  }

  String rows() {
    Table table = found.table();
    Table.Refusals refusals = table.refusals();
    return "%,d of %,d keys%s%s"
        .formatted(
            table.rows().size(),
            found.keys().keys(),
            table.more() ? "; the file goes on, --rows reads more" : "",
            refusals.rows() == 0
                ? ""
                : "; %,d more cannot be used, the first: %s"
                    .formatted(refusals.rows(), refusals.first()));
  }

  String label() {
    Table table = found.table();
    if (!table.classification()) {
      return "numbers";
    }
    boolean guessed =
        found.wanted().columns().kind() == LabelKind.AUTO && table.classes().size() > 2;
    return "%d classes (%s)%s"
        .formatted(
            table.classes().size(),
            shortened(table),
            guessed && table.classes().stream().allMatch(InWords::number)
                ? "; --regression takes them as numbers"
                : "");
  }

  private static boolean number(String name) {
    return name.matches("[+-]?[0-9]+([.,][0-9]+)?");
  }

  private static String shortened(Table table) {
    int shown = Math.min(5, table.classes().size());
    return String.join(", ", table.classes().subList(0, shown))
        + (shown < table.classes().size() ? ", …" : "");
  }

  String rowsPerKey() {
    KeyCounts keys = found.keys();
    return "%,d to %,d, median %s; %s"
        .formatted(
            keys.smallest(),
            keys.largest(),
            String.format(Locale.ROOT, "%,.0f", keys.median()),
            keys.tooFew() == 0
                ? "all have the %d of a task".formatted(2 * keys.half())
                : "%,d have fewer than the %d of a task".formatted(keys.tooFew(), 2 * keys.half()));
  }

  String keysDiffer() {
    return Double.isFinite(found.betweenKeys())
        ? "%s of the label's %s lies between keys"
            .formatted(
                percent(found.betweenKeys()),
                found.table().classification() ? "variance (Gini impurity)" : "variance")
        : "cannot be told";
  }

  String tasks() {
    int half = found.keys().half();
    return "%,d of %d rows of one key: %d to adapt on, %d asked before anything learns from them%s"
        .formatted(
            found.trial().cut(),
            2 * half,
            half,
            half,
            half < KeyCounts.USUAL_HALF ? " (most keys have too few rows for the usual 10)" : "");
  }

  String learned() {
    Trial trial = found.trial();
    return "from %,d tasks; %,d held out%s"
        .formatted(
            trial.scored(),
            trial.heldOut(),
            trial.outOfTime() ? "; the rest was left for want of time, --seconds gives more" : "");
  }

  /** Heading and rows of the comparison. */
  List<List<String>> comparison() {
    Comparison comparison = found.trial().comparison();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            found.errors().words(),
            "tasks %d–%d".formatted(comparison.all().from() + 1, found.trial().scored()),
            "last %d".formatted(comparison.last().tasks()),
            "to the best",
            "what it is"));
    for (Line line : comparison.lines()) {
      rows.add(
          List.of(
              line.who().title(),
              found.errors().format(line.all()),
              found.errors().format(line.last()),
              line.who().equals(comparison.best())
                  ? "best"
                  : change(line.all(), comparison.all().best()),
              line.who().what()));
    }
    return rows;
  }

  String noise() {
    Match all = found.trial().comparison().all();
    return Double.isFinite(all.noise())
        ? "one standard error of the difference between Engram and %s: %s"
            .formatted(
                found.trial().comparison().best().title(), percent(Math.abs(all.relativeNoise())))
        : "unknown";
  }

  /** Heading and rows of a course. */
  List<List<String>> course(String heading, Course course) {
    List<String> names = new ArrayList<>(List.of(heading));
    List<String> engram = new ArrayList<>(List.of("Engram"));
    List<String> best = new ArrayList<>(List.of(found.trial().comparison().best().title()));
    for (Course.Point point : course.points()) {
      names.add(point.name());
      engram.add(found.errors().format(point.engram()));
      best.add(found.errors().format(point.best()));
    }
    return List.of(names, engram, best);
  }

  private static String change(double error, double best) {
    return best == 0
        ? (error == 0 ? "0 %" : "worse")
        : String.format(Locale.ROOT, "%+.1f %%", 100 * (error - best) / best);
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }
}
