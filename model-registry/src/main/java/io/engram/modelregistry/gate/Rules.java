package io.engram.modelregistry.gate;

import io.engram.model.Measure;
import io.engram.model.Metric;
import io.engram.modelregistry.gate.PromotionPolicy.Improves;
import io.engram.modelregistry.gate.PromotionPolicy.NotWorse;
import io.engram.modelregistry.gate.PromotionPolicy.Retains;
import io.engram.modelregistry.gate.PromotionPolicy.Spaced;
import io.engram.schemas.avro.ModelManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The arithmetic of the rules. */
final class Rules {

  /** What the registry itself found on tasks; beside the metrics that candidates state. */
  private static final String MEASURED = "measured";

  private static final String BEST_BEFORE = "that of the best before,";

  private Rules() {}

  static Verdict notWorse(NotWorse rule, Contest contest) {
    if (contest.champion().isEmpty()) {
      return first();
    }
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("tasksSinceChampion", (double) contest.tasksBetween());
    Optional<Measured> measured = contest.comparison();
    if (measured.isPresent()) {
      // On the same tasks nothing is stale.
      return notWorseMeasured(
          rule.toString(), rule.tolerance(), contest.candidate(), measured.get(), numbers);
    }
    if (rule.staleAfterTasks() > 0 && contest.tasksBetween() > rule.staleAfterTasks()) {
      return notWorseThanUntrained(rule, contest.candidate(), numbers);
    }
    ModelManifest champion = contest.champion().get();
    Verdict verdict = new Verdict.Passed("not worse than the champion", numbers);
    Measure measure = Measure.judging(contest.candidate());
    Metric judged = Metric.of(measure);
    for (Metric metric : List.of(Metric.RETAINED, judged)) {
      boolean past = metric == Metric.RETAINED;
      Score own =
          past ? Score.of(contest.candidate(), metric) : Score.judged(contest.candidate(), measure);
      Score other = past ? Score.of(champion, metric) : Score.judged(champion, measure);
      String whose = "the champion's";
      Score before = Score.of(contest.candidate(), Metric.RETAINED_BEFORE);
      if (past && before.known()) {
        // Both of one past; the champion's was of another, and need not compare.
        other = before;
        whose = BEST_BEFORE;
      }
      note(numbers, metric, own, other);
      if (other.known() && !(own.advantage(other) >= -rule.tolerance())) {
        verdict = new Verdict.Stopped(rule.toString(), worse(metric, own, whose, other), numbers);
      }
    }
    return verdict;
  }

  /** What the registry measured by itself stands above what a candidate says. */
  private static Verdict notWorseMeasured(
      String rule,
      double tolerance,
      ModelManifest candidate,
      Measured measured,
      Map<String, Double> numbers) {
    Score own = Score.of(candidate, measured.candidate());
    Score other = Score.of(candidate, measured.champion());
    note(numbers, measured);
    // An error without bound is as bad as any.
    return Double.isInfinite(measured.champion()) || own.advantage(other) >= -tolerance
        ? new Verdict.Passed(
            "measured on %d tasks it is not worse than the champion".formatted(measured.tasks()),
            numbers)
        : new Verdict.Stopped(
            rule,
            "measured on %d tasks it gets %s, worse than the champion's %s"
                .formatted(measured.tasks(), own.value(), other.value()),
            numbers);
  }

  private static Verdict notWorseThanUntrained(
      NotWorse rule, ModelManifest candidate, Map<String, Double> numbers) {
    Score own = Score.of(candidate, Metric.PREQUENTIAL);
    Score untrained = Score.of(candidate, Metric.UNTRAINED);
    note(numbers, Metric.PREQUENTIAL, own, untrained);
    return untrained.known() && !(own.advantage(untrained) >= -rule.tolerance())
        ? new Verdict.Stopped(
            rule.toString(), worse(Metric.PREQUENTIAL, own, "untrained", untrained), numbers)
        : new Verdict.Passed("the champion is stale and it is not worse than untrained", numbers);
  }

  static Verdict retains(Retains rule, Contest contest) {
    Score own = Score.of(contest.candidate(), Metric.RETAINED);
    Score before = Score.of(contest.candidate(), Metric.RETAINED_BEFORE);
    Map<String, Double> numbers = new TreeMap<>();
    note(numbers, Metric.RETAINED, own, before);
    Optional<Measured> measured = contest.comparison();
    if (measured.isPresent()) {
      Verdict found =
          notWorseMeasured(
              rule.toString(), gross(contest), contest.candidate(), measured.get(), numbers);
      if (found instanceof Verdict.Stopped) {
        return found;
      }
    }
    return before.known() && !(own.advantage(before) >= -rule.tolerance())
        ? new Verdict.Stopped(
            rule.toString(), worse(Metric.RETAINED, own, BEST_BEFORE, before), numbers)
        : new Verdict.Passed("it knows the past as well as the best before", numbers);
  }

  /**
   * The learner's score on all of the past is better for this than the registry's on a few new tasks, but only its own word: what is far
   * worse on those is not let through by it.
   */
  private static double gross(Contest contest) {
    return Measure.judging(contest.candidate()).share() ? 0.3 : 1;
  }

  static Verdict improves(Improves rule, Contest contest) {
    if (contest.champion().isEmpty()) {
      return first();
    }
    Map<String, Double> numbers = new TreeMap<>();
    Measure measure = Measure.judging(contest.candidate());
    Metric judged = Metric.of(measure);
    Score own = Score.judged(contest.candidate(), measure);
    Score other = Score.judged(contest.champion().get(), measure);
    Optional<Measured> measured = contest.comparison();
    if (measured.isPresent()) {
      own = Score.of(contest.candidate(), measured.get().candidate());
      other = Score.of(contest.candidate(), measured.get().champion());
      note(numbers, measured.get());
    } else {
      note(numbers, judged, own, other);
    }
    return !other.known()
            || (measured.isPresent() && Double.isInfinite(other.value()))
            || own.advantage(other) >= rule.by()
        ? new Verdict.Passed("better than the champion", numbers)
        : new Verdict.Stopped(
            rule.toString(),
            "%s %s found, the champion's is %s"
                .formatted(measured.isPresent() ? MEASURED : judged, own.value(), other.value()),
            numbers);
  }

  static Verdict spaced(Spaced rule, Contest contest) {
    if (contest.champion().isEmpty()) {
      return first();
    }
    long tasks = contest.tasksBetween();
    Map<String, Double> numbers = Map.of("tasksSinceChampion", (double) tasks);
    return tasks >= rule.tasks()
        ? new Verdict.Passed(tasks + " tasks since the champion", numbers)
        : new Verdict.Stopped(
            rule.toString(),
            "%d tasks since the champion, %d wanted".formatted(tasks, rule.tasks()),
            numbers);
  }

  static Optional<Verdict> unusable(Contest contest) {
    return contest.candidate().getMetrics().entrySet().stream()
        .filter(metric -> !Double.isFinite(metric.getValue()))
        .sorted(Map.Entry.comparingByKey())
        .findFirst()
        .map(
            metric ->
                new Verdict.Stopped(
                    "finite",
                    "%s is %s, expected a number".formatted(metric.getKey(), metric.getValue()),
                    Map.of(metric.getKey(), metric.getValue())));
  }

  static void atLeastZero(String what, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "the promotion rule %s takes a number of at least 0, found %s".formatted(what, value));
    }
  }

  private static Verdict first() {
    return new Verdict.Passed("the first version", Map.of());
  }

  private static String worse(Metric metric, Score own, String whose, Score other) {
    return "%s is %s, worse than %s %s".formatted(metric, own.value(), whose, other.value());
  }

  private static void note(Map<String, Double> numbers, Measured measured) {
    if (Double.isFinite(measured.candidate())) {
      numbers.put(MEASURED, measured.candidate());
    }
    if (Double.isFinite(measured.champion())) {
      numbers.put("against." + MEASURED, measured.champion());
    }
    numbers.put("measuredTasks", (double) measured.tasks());
  }

  private static void note(Map<String, Double> numbers, Metric metric, Score own, Score other) {
    if (own.known()) {
      numbers.put(metric.key(), own.value());
    }
    if (other.known()) {
      numbers.put("against." + metric.key(), other.value());
    }
  }
}
