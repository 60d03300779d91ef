package io.engram.modelregistry.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a candidate becomes champion by itself. A policy is a value with a canonical text ({@code toString}, {@link
 * #parse}): rules separated by spaces, all of which must agree.
 *
 * <pre>
 * always                        every candidate
 * manual                        none; somebody promotes by hand
 * not-worse(0.05)               no score of the champion is missed by more than 0.05
 * not-worse(0.05,stale=1000)    the same, but a champion of more than 1,000 tasks ago no longer counts:
 *                               then the candidate must not be worse than its own untrained baseline
 * improves(0.01)                prequential.window is better than the champion's by at least 0.01
 * spaced(200)                   at least 200 tasks since the champion's last
 * </pre>
 *
 * <p>Where the registry measures candidate and champion by itself, on the same tasks, {@code not-worse} and {@code improves} go by that
 * and not by what the two say of themselves, and {@code retains} lets nothing through that is far worse by it: by 0.3, or
 * with twice the error.
 *
 * <p>Differences are absolute for accuracies and relative for errors (0.05 is 5 % of the champion's mean squared error). A
 * metric that is NaN or infinite in the candidate stops it under every policy. The first version has nobody to be compared to and
 * passes every rule but {@code manual}.
 */
public sealed interface PromotionPolicy {

  /** Judges a candidate by this rule. */
  Verdict judge(Contest contest);

  /** Reads the canonical text. */
  static PromotionPolicy parse(String text) {
    return PolicyText.parse(text);
  }

  /** Every candidate. */
  record Always() implements PromotionPolicy {
    @Override
    public Verdict judge(Contest contest) {
      return new Verdict.Passed("every candidate is promoted", Map.of());
    }

    @Override
    public String toString() {
      return "always";
    }
  }

  /** No candidate. */
  record Manual() implements PromotionPolicy {
    @Override
    public Verdict judge(Contest contest) {
      return new Verdict.Stopped(toString(), "versions are promoted by hand", Map.of());
    }

    @Override
    public String toString() {
      return "manual";
    }
  }

  /**
   * Neither the prequential nor the retained score is worse than the champion's by more than the tolerance. A candidate that says what the
   * best before it retains, of the same past, is compared with that.
   *
   * @param tolerance ε ≥ 0
   * @param staleAfterTasks how many tasks a champion's scores are comparable for, since a stream may become harder; 0 for ever
   */
  record NotWorse(double tolerance, long staleAfterTasks) implements PromotionPolicy {
    public NotWorse {
      Rules.atLeastZero("not-worse", tolerance);
      Rules.atLeastZero("not-worse stale", (double) staleAfterTasks);
    }

    @Override
    public Verdict judge(Contest contest) {
      return Rules.notWorse(this, contest);
    }

    @Override
    public String toString() {
      return "not-worse(%s%s)"
          .formatted(tolerance, staleAfterTasks == 0 ? "" : ",stale=" + staleAfterTasks);
    }
  }

  /**
   * The retained score is not worse than that of the best version before by more than the tolerance: nothing was forgotten. Both are of the
   * same examples, so a stream that becomes harder, or brings new classes, is no obstacle; and the prequential score, which falls whenever
   * the stream turns to something new, is not asked. Passes where the learner does not state them.
   *
   * @param tolerance ε ≥ 0
   */
  record Retains(double tolerance) implements PromotionPolicy {
    public Retains {
      Rules.atLeastZero("retains", tolerance);
    }

    @Override
    public Verdict judge(Contest contest) {
      return Rules.retains(this, contest);
    }

    @Override
    public String toString() {
      return "retains(" + tolerance + ")";
    }
  }

  /**
   * The prequential score is better than the champion's by at least δ.
   *
   * @param by δ ≥ 0
   */
  record Improves(double by) implements PromotionPolicy {
    public Improves {
      Rules.atLeastZero("improves", by);
    }

    @Override
    public Verdict judge(Contest contest) {
      return Rules.improves(this, contest);
    }

    @Override
    public String toString() {
      return "improves(" + by + ")";
    }
  }

  /** At least so many tasks were learned from since the champion. */
  record Spaced(long tasks) implements PromotionPolicy {
    public Spaced {
      Rules.atLeastZero("spaced", (double) tasks);
    }

    @Override
    public Verdict judge(Contest contest) {
      return Rules.spaced(this, contest);
    }

    @Override
    public String toString() {
      return "spaced(" + tasks + ")";
    }
  }

  /** All of them must agree; the first that does not is the one that refuses. */
  record All(List<PromotionPolicy> rules) implements PromotionPolicy {
    public All {
      rules = List.copyOf(rules);
    }

    @Override
    public Verdict judge(Contest contest) {
      Verdict all = new Verdict.Passed("no rule objects", Map.of());
      for (PromotionPolicy rule : rules) {
        Verdict one = rule.judge(contest);
        Map<String, Double> numbers = Verdict.merge(all.numbers(), one.numbers());
        if (one instanceof Verdict.Stopped stopped) {
          return new Verdict.Stopped(stopped.rule(), stopped.reason(), numbers);
        }
        all = new Verdict.Passed(one.reason(), numbers);
      }
      return all;
    }

    @Override
    public String toString() {
      return rules.stream().map(PromotionPolicy::toString).collect(Collectors.joining(" "));
    }
  }

  /** What stops a candidate under every policy: a metric that is no number. */
  static Optional<Verdict> unusable(Contest contest) {
    return Rules.unusable(contest);
  }
}
