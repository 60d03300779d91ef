package io.engram.learner;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.Annealing;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import java.util.List;

/**
 * The meta-algorithm as it stands in a configuration file.
 *
 * @param algorithm reptile, fomaml, maml, anil (first order, head only), meta-sgd, or a head in closed form: prototypes,
 *     cosine-prototypes or ridge
 * @param inner how it adapts to a task
 * @param outer how θ follows
 * @param multiStepLoss outer steps over which the query losses after early inner steps lose their
 *     weight; 0 to count only the last from the start
 * @param firstOrderSteps outer steps that exact MAML begins with in first order; 0 for none
 * @param head what a head in closed form begins with
 */
public record MetaConfig(
    String algorithm,
    InnerConfig inner,
    OuterConfig outer,
    long multiStepLoss,
    long firstOrderSteps,
    HeadConfig head) {

  /** What {@code algorithm} may be. */
  public static final List<String> ALGORITHMS =
      List.of(
          "reptile",
          "fomaml",
          "maml",
          "anil",
          "meta-sgd",
          "prototypes",
          "cosine-prototypes",
          "ridge");

  /** With a head that begins as usual, if it is one in closed form. */
  public MetaConfig(
      String algorithm,
      InnerConfig inner,
      OuterConfig outer,
      long multiStepLoss,
      long firstOrderSteps) {
    this(algorithm, inner, outer, multiStepLoss, firstOrderSteps, HeadConfig.USUAL);
  }

  public MetaConfig {
    algorithm = Allowed.oneOf("algorithm", algorithm, ALGORITHMS);
    if (multiStepLoss < 0 || firstOrderSteps < 0) {
      throw new IllegalArgumentException(
          "multi-step-loss and first-order-steps must be 0 or more, found %d, %d"
              .formatted(multiStepLoss, firstOrderSteps));
    }
    if (multiStepLoss > 0 && algorithm.equals("reptile")) {
      throw new IllegalArgumentException(
          "multi-step-loss must be 0 with reptile, which has no query loss, found "
              + multiStepLoss);
    }
    if (multiStepLoss > 0 && head.fit(algorithm).isPresent()) {
      throw new IllegalArgumentException(
          "multi-step-loss must be 0 with %s, which finds its head in one step, found %d"
              .formatted(algorithm, multiStepLoss));
    }
    if (firstOrderSteps > 0 && !List.of("maml", "meta-sgd").contains(algorithm)) {
      throw new IllegalArgumentException(
          "first-order-steps must be 0 with %s, which is no exact MAML, found %d"
              .formatted(algorithm, firstOrderSteps));
    }
  }

  /** First-order MAML as it learned best on our streams: three steps of 0.1, outer Adam 1e-3. */
  public static MetaConfig fomaml() {
    return new MetaConfig(
        "fomaml", new InnerConfig(3, 0.1, "sgd", 0, "none", 0.0025), OuterConfig.adam(1e-3), 0, 0);
  }

  /** What the core understands. */
  public MetaSettings toSettings() {
    return new MetaSettings(
        rule(),
        loop(),
        learned(),
        outer.optimizer(),
        inner.stepsOptimizer(),
        outer.clip(),
        new Annealing(multiStepLoss, firstOrderSteps));
  }

  private InnerLoop loop() {
    return head.fit(algorithm)
        .map(InnerLoop::closedForm)
        .orElseGet(() -> inner.loop(algorithm.equals("anil") ? Scope.HEAD : Scope.ALL));
  }

  private InnerSteps learned() {
    if (head.fit(algorithm).isPresent()) {
      return InnerSteps.FIXED;
    }
    return algorithm.equals("meta-sgd") ? InnerSteps.PER_PARAMETER : inner.learned();
  }

  private MetaRule rule() {
    return switch (algorithm) {
      case "reptile" -> MetaRule.REPTILE;
      case "maml", "meta-sgd", "prototypes", "cosine-prototypes", "ridge" -> MetaRule.SECOND_ORDER;
      case "fomaml", "anil" -> MetaRule.FIRST_ORDER;
      default -> throw new IllegalStateException("no rule for the algorithm " + algorithm);
    };
  }
}
