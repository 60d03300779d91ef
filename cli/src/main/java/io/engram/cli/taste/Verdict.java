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

  private static final double STANDARD_ERRORS = 2;

  /** Keys that share so much of the variance hardly differ. */
  private static final double HARDLY = 0.05;

  /** So little a larger model for all may gain as well. */
  private static final double LITTLE = 0.1;

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
          "Too few tasks to tell: %d were judged, at least %d are needed; give it more rows or, with --seconds, more time."
              .formatted(all.tasks(), LEAST_TASKS));
    }
    String versus =
        "%s against %s".formatted(errors.format(all.engram()), errors.format(all.best()));
    String best = named(found.best());
    double least = Math.min(all.engram(), all.best());
    if (least > HELPS * constant || constant - least < STANDARD_ERRORS * all.leastNoise()) {
      return new Verdict(
          Kind.NOTHING_HELPS,
          "No more than noise: %s does as well (%s), and nothing helps: one constant answer to everything gets %s."
              .formatted(best, versus, errors.format(constant)));
    }
    if (all.won()) {
      return new Verdict(
          Kind.WORTH,
          "Engram's error is %s below that of %s, the best simple answer (%s); worth running%s."
              .formatted(percent(all.gain()), best, versus, reservation(found, betweenKeys)));
    }
    Match last = found.last();
    if (last.won() && !all.lost()) {
      return new Verdict(
          Kind.IN_THE_END,
          "Over all tasks %s does as well (%s), but over the last %d Engram's error is %s below it; worth running on a longer stream."
              .formatted(best, versus, last.tasks(), percent(last.gain())));
    }
    if (oneForAll(found)) {
      return new Verdict(
          all.lost() ? Kind.WORSE : Kind.NO_BETTER,
          "One model for all %s (%s)%s; adapting to each key gains nothing beyond noise."
              .formatted(
                  all.lost()
                      ? "is better: Engram's error is %s above its".formatted(percent(-all.gain()))
                      : "does as well",
                  versus,
                  betweenKeys < HARDLY ? "; keys' labels hardly differ" : ""));
    }
    if (all.lost()) {
      return new Verdict(
          Kind.WORSE,
          "Not worth running: Engram's error is %s above that of %s (%s)."
              .formatted(percent(-all.gain()), best, versus));
    }
    return new Verdict(
        Kind.NO_BETTER,
        "Not worth running: %s does as well (%s), the difference is no more than noise%s."
            .formatted(
                best,
                versus,
                found.best().column() == ScoreColumn.SUPPORT_MEAN ? ", and no column helps" : ""));
  }

  private static String reservation(Comparison found, double betweenKeys) {
    if (found.last().gain() <= 0) {
      return ", though over the last %d tasks it was not ahead".formatted(found.last().tasks());
    }
    return oneForAll(found) && betweenKeys < HARDLY && found.all().gain() < LITTLE
        ? ", though keys' labels hardly differ: one larger model for all may do as well"
        : "";
  }

  private static boolean oneForAll(Comparison found) {
    return found.best().column() == ScoreColumn.GLOBAL;
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
