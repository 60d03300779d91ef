package io.engram.cli.taste;

import io.engram.core.evaluation.ScoreColumn;
import java.util.Comparator;
import java.util.List;

/**
 * Engram beside the baselines.
 *
 * @param lines everybody who answered, Engram first
 * @param best the baseline that errs least over all tasks that count
 * @param all Engram against it over all tasks that count
 * @param last the same over the last of them
 */
record Comparison(List<Line> lines, Contender best, Match all, Match last) {

  /** Left out at the start, where nobody has learned anything; of few tasks a quarter. */
  private static final int FIRST = 20;

  private static final int LAST = 200;

  Comparison {
    lines = List.copyOf(lines);
  }

  /**
   * One of them.
   *
   * @param all mean error over all tasks that count
   * @param last over the last of them
   */
  record Line(Contender who, double all, double last) {}

  /**
   * Engram against the best baseline.
   *
   * @param from the first task that counts
   * @param tasks how many do
   * @param noise one standard error of the mean difference over tasks
   * @param leastNoise one standard error of the smaller of the two
   */
  record Match(int from, int tasks, double engram, double best, double noise, double leastNoise) {

    private static final double WORTH_NAMING = 0.02;
    private static final double STANDARD_ERRORS = 2;

    /** By which part of the baseline's error Engram's is smaller; negative where it is larger. */
    double gain() {
      return best == 0 ? (engram == 0 ? 0 : -1) : (best - engram) / best;
    }

    /** One standard error, as a part of the baseline's error. */
    double relativeNoise() {
      return best == 0 ? 0 : noise / best;
    }

    boolean won() {
      return gain() > WORTH_NAMING && best - engram > STANDARD_ERRORS * noise;
    }

    boolean lost() {
      return gain() < -WORTH_NAMING && engram - best > STANDARD_ERRORS * noise;
    }
  }

  static Comparison of(Errors errors, List<Contender> contenders) {
    int first = Math.min(FIRST, errors.tasks() / 4);
    int counted = errors.tasks() - first;
    int lastFrom = errors.tasks() - (counted > LAST ? LAST : Math.max(1, counted / 2));
    Errors all = errors.part(first, errors.tasks());
    Errors last = errors.part(lastFrom, errors.tasks());
    List<Line> lines =
        contenders.stream()
            .map(who -> new Line(who, all.mean(who.column()), last.mean(who.column())))
            .filter(line -> Double.isFinite(line.all))
            .toList();
    Contender best =
        lines.stream()
            .filter(line -> line.who.baseline())
            .min(Comparator.comparingDouble(Line::all))
            .orElseThrow()
            .who;
    return new Comparison(
        lines, best, match(all, first, best.column()), match(last, lastFrom, best.column()));
  }

  private static Match match(Errors errors, int from, ScoreColumn best) {
    double engram = errors.mean(ScoreColumn.MODEL);
    double ofBest = errors.mean(best);
    return new Match(
        from,
        errors.tasks(),
        engram,
        ofBest,
        errors.noise(ScoreColumn.MODEL, best),
        errors.noise(engram < ofBest ? ScoreColumn.MODEL : best));
  }
}
