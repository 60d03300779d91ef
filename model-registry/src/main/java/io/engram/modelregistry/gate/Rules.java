package io.engram.modelregistry.gate;

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

  private static final String BEST_BEFORE = "that of the best before,";

  private Rules() {}

  static Verdict notWorse(NotWorse rule, Contest contest) {
    if (contest.champion().isEmpty()) {
      return first();
    }
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("tasksSinceChampion", (double) contest.tasksBetween());
    if (rule.staleAfterTasks() > 0 && contest.tasksBetween() > rule.staleAfterTasks()) {
      return notWorseThanUntrained(rule, contest.candidate(), numbers);
    }
    ModelManifest champion = contest.champion().get();
    Verdict verdict = new Verdict.Passed("not worse than the champion", numbers);
    for (Metric metric : List.of(Metric.RETAINED, Metric.PREQUENTIAL)) {
      Score own = Score.of(contest.candidate(), metric);
      Score other = Score.of(champion, metric);
      String whose = "the champion's";
      Score before = Score.of(contest.candidate(), Metric.RETAINED_BEFORE);
      if (metric == Metric.RETAINED && before.known()) {
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
    return before.known() && !(own.advantage(before) >= -rule.tolerance())
        ? new Verdict.Stopped(
            rule.toString(), worse(Metric.RETAINED, own, BEST_BEFORE, before), numbers)
        : new Verdict.Passed("it knows the past as well as the best before", numbers);
  }

  static Verdict improves(Improves rule, Contest contest) {
    if (contest.champion().isEmpty()) {
      return first();
    }
    Score own = Score.of(contest.candidate(), Metric.PREQUENTIAL);
    Score other = Score.of(contest.champion().get(), Metric.PREQUENTIAL);
    Map<String, Double> numbers = new TreeMap<>();
    note(numbers, Metric.PREQUENTIAL, own, other);
    return !other.known() || own.advantage(other) >= rule.by()
        ? new Verdict.Passed("better than the champion", numbers)
        : new Verdict.Stopped(
            rule.toString(),
            "%s %s found, the champion's is %s"
                .formatted(Metric.PREQUENTIAL, own.value(), other.value()),
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

  private static void note(Map<String, Double> numbers, Metric metric, Score own, Score other) {
    if (own.known()) {
      numbers.put(metric.key(), own.value());
    }
    if (other.known()) {
      numbers.put("against." + metric.key(), other.value());
    }
  }
}
