package io.engram.cli.view;

import io.engram.cli.view.View.Ending;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.core.guard.Case;
import io.engram.core.guard.Quarantine;
import io.engram.model.Measure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a person wants to know at the end. */
final class SummaryTable {

  private static final int SHOWN = 5;
  private static final Set<ScoreColumn> SHARES =
      EnumSet.of(
          ScoreColumn.COVERED,
          ScoreColumn.CONFIDENCE,
          ScoreColumn.BALANCED_ACCURACY,
          ScoreColumn.AUC);

  private SummaryTable() {}

  static List<String> lines(RunStatus status, Ending ending) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%s after %s: %s examples, %s tasks, %s meta-updates, model version %s"
            .formatted(
                ending == Ending.COMPLETE ? "Complete" : "Stopped",
                Words.seconds(status.seconds()),
                Words.count(status.sent()),
                Words.count(status.learned().tasks()),
                Words.count(status.learned().metaUpdates()),
                status.modelVersion()));
    lines.add("");
    Measure measure = status.scores().measure();
    lines.add(
        row(
            measure.words(),
            "first %d tasks".formatted(status.scores().first().tasks()),
            "last %d tasks".formatted(status.scores().last().tasks())));
    for (ScoreColumn column : ScoreColumn.values()) {
      double last = status.scores().last().of(column);
      if (column.always() || Double.isFinite(last)) {
        double first = status.scores().first().of(column);
        lines.add(
            row(column.title(), format(column, measure, first), format(column, measure, last)));
      }
    }
    if (!Double.isNaN(status.scores().last().explained())) {
      lines.add(
          row(
              "R² beside mean",
              explained(status.scores().first()),
              explained(status.scores().last())));
    }
    BestBaseline.verdict(status.scores().last(), measure)
        .ifPresent(words -> lines.add("  " + words));
    lines.add("");
    lines.add(
        "examples: %s sent = %s in tasks + %s rejected + %s open%s"
            .formatted(
                Words.count(status.sent()),
                Words.count(status.inTasks()),
                Words.count(status.rejected()),
                Words.count(status.open()),
                elsewhere(status)));
    if (status.answers().asked()) {
      lines.add("answers: " + AnswersLine.of(status.answers(), measure));
      AnswersLine.behind(status.answers(), measure).ifPresent(lines::add);
    }
    left(status).forEach(lines::add);
    return lines;
  }

  private static String elsewhere(RunStatus status) {
    long elsewhere = status.elsewhere();
    if (elsewhere < 0) {
      return ", %s of these from others than the source".formatted(Words.count(-elsewhere));
    }
    return elsewhere == 0
        ? ""
        : " + %s %s"
            .formatted(
                Words.count(elsewhere),
                status.learned().refusedTasks() > 0 ? "in refused tasks" : "on their way");
  }

  /** Which examples were not learned from though nothing is wrong with them, and why. */
  private static List<String> left(RunStatus status) {
    List<String> lines = new ArrayList<>();
    status.rejectedBy().commonest().stream()
        .limit(SHOWN)
        .forEach(
            it ->
                lines.add(
                    "  %s rejected (%s), the first: %s"
                        .formatted(
                            Words.count(it.getValue().count()),
                            it.getKey(),
                            it.getValue().first())));
    if (status.leftOver() > 0) {
      lines.add(
          "  %s of the rejected were left over: fewer of their key than a task needs (ingest.split.min-examples)"
              .formatted(Words.count(status.leftOver())));
    }
    if (status.open() > 0) {
      lines.add(
          "  %s open: their tasks are not full (ingest.grouping.size); source.close-at-end=true closes them when the source has ended"
              .formatted(Words.count(status.open())));
    }
    Quarantine quarantine = status.learned().quarantine();
    Case first = quarantine.first();
    if (first != null) {
      lines.add(
          "  %s tasks were absurd and not learned from; the first at %s: %s"
              .formatted(Words.count(quarantine.absurd()), first.position(), first.reason()));
    }
    if (quarantine.beyondShare() > 0) {
      lines.add(
          "  %s tasks were not learned from: their keys had had their share (learner.limits.share)"
              .formatted(Words.count(quarantine.beyondShare())));
    }
    return lines;
  }

  private static String format(ScoreColumn column, Measure measure, double value) {
    if (!column.aboutTheModel() || Double.isNaN(value)) {
      return measure.format(value);
    }
    return SHARES.contains(column)
        ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  private static String explained(ScoreWindow window) {
    return Double.isNaN(window.explained())
        ? "–"
        : String.format(Locale.ROOT, "%.3f", window.explained());
  }

  private static String row(String name, String first, String last) {
    return String.format(Locale.ROOT, "  %-18s %18s %18s", name, first, last);
  }
}
