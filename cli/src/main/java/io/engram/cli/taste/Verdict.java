package io.engram.cli.taste;

import io.engram.cli.taste.Comparison.Match;
import io.engram.core.evaluation.ScoreColumn;
import java.util.Locale;

/**
 * Whether Engram is worth running on a table, or what is better.
 *
 * @param sentence for people
 */
record Verdict(Kind kind, String sentence) {

  /** Fewer tasks show nothing. */
  private static final int LEAST_TASKS = 20;

  /** An error that is no smaller part of what a constant answer gets is no answer. */
  private static final double HELPS = 0.98;

  /** Keys that share so much of the variance hardly differ. */
  private static final double HARDLY = 0.05;

  /** What came out, for programs. */
  enum Kind {
    /** Engram is better than every baseline, beyond noise. */
    WORTH("worth-running"),
    /** Not over all tasks, but over the last ones. */
    IN_THE_END("worth-running-longer"),
    /** A baseline does as well. */
    NO_BETTER("no-better"),
    /** A baseline is better. */
    WORSE("worse"),
    /** Nobody predicts anything. */
    NOTHING_HELPS("nothing-helps"),
    /** There are too few tasks to tell. */
    TOO_FEW("too-few-tasks");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  /**
   * Judges.
   *
   * @param constant the error of the best constant answer
   * @param betweenKeys share of the label's variance that lies between keys; NaN if unknown
   */
  static Verdict of(Comparison found, ErrorKind errors, double constant, double betweenKeys) {
    Match all = found.all();
    if (all.tasks() < LEAST_TASKS) {
      return new Verdict(
          Kind.TOO_FEW,
          "Too few tasks to tell: %d were judged, at least %d are needed; give it more rows."
              .formatted(all.tasks(), LEAST_TASKS));
    }
    String versus =
        "%s against %s".formatted(errors.format(all.engram()), errors.format(all.best()));
    String best = named(found.best());
    if (Math.min(all.engram(), all.best()) > HELPS * constant) {
      return new Verdict(
          Kind.NOTHING_HELPS,
          "No more than noise: %s does as well (%s), and nothing helps: one constant answer to everything gets %s."
              .formatted(best, versus, errors.format(constant)));
    }
    if (all.won()) {
      return new Verdict(
          Kind.WORTH,
          "Engram's error is %s below that of %s, the best simple answer (%s); worth running%s."
              .formatted(
                  percent(all.gain()),
                  best,
                  versus,
                  betweenKeys < HARDLY
                      ? ", though keys hardly differ: try one larger model for all beside it"
                      : ""));
    }
    Match last = found.last();
    if (last.won() && !all.lost()) {
      return new Verdict(
          Kind.IN_THE_END,
          "Over all tasks %s does as well (%s), but over the last %d Engram's error is %s below it; worth running on a longer stream."
              .formatted(best, versus, last.tasks(), percent(last.gain())));
    }
    if (all.lost()) {
      return new Verdict(
          Kind.WORSE,
          "Not worth running: Engram's error is %s above that of %s (%s)."
              .formatted(percent(-all.gain()), best, versus));
    }
    return new Verdict(Kind.NO_BETTER, noBetter(found, versus, betweenKeys));
  }

  private static String noBetter(Comparison found, String versus, double betweenKeys) {
    if (found.best().column() == ScoreColumn.GLOBAL) {
      return "One model for all does as well (%s)%s; adapting to each key gains nothing here."
          .formatted(versus, betweenKeys < HARDLY ? "; keys hardly differ" : "");
    }
    return "Not worth running: %s does as well (%s), the difference is no more than noise."
        .formatted(named(found.best()), versus);
  }

  private static String named(Contender who) {
    return switch (who.column()) {
      case GLOBAL -> who.what();
      case SUPPORT_FIT -> "the %s (%s)".formatted(who.title(), who.what());
      default -> "the " + who.title();
    };
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, part < 0.1 ? "%.1f %%" : "%.0f %%", 100 * part);
  }
}
