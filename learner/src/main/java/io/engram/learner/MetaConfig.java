package io.engram.learner;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.meta.Annealing;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import java.util.List;
import java.util.Locale;

/**
 * The meta-algorithm as it stands in a configuration file.
 *
 * @param algorithm reptile, fomaml, maml, anil (first order, head only) or meta-sgd
 * @param innerSteps gradient steps on a support set
 * @param innerStepSize α, or where the learned ones start
 * @param innerOptimizer sgd or adam (β₁ = 0, β₂ = 0.999)
 * @param innerBatch support examples per step; 0 for all
 * @param learnedSteps none, per-tensor (one per tensor and step) or per-parameter
 * @param outerOptimizer adam or sgd
 * @param metaStep β at the start
 * @param metaStepFinal β after {@code metaStepDecay} outer steps
 * @param metaStepDecay outer steps from the one to the other; 0 to stay at {@code metaStep}
 * @param metaStepShape linear or cosine: how it gets from the one to the other
 * @param learnedStepsStep outer step for the learned inner step sizes, as a fraction of {@code
 *     innerStepSize}: step sizes of 0.4 and of 0.01 must not move by the same amount
 * @param clip largest norm of the meta-gradient; 0 for no limit
 * @param multiStepLoss outer steps over which the query losses after early inner steps lose their
 *     weight; 0 to count only the last from the start
 * @param firstOrderSteps outer steps that exact MAML begins with in first order; 0 for none
 */
public record MetaConfig(
    String algorithm,
    int innerSteps,
    double innerStepSize,
    String innerOptimizer,
    int innerBatch,
    String learnedSteps,
    String outerOptimizer,
    double metaStep,
    double metaStepFinal,
    long metaStepDecay,
    String metaStepShape,
    double learnedStepsStep,
    double clip,
    long multiStepLoss,
    long firstOrderSteps) {

  /** What {@code algorithm} may be. */
  public static final List<String> ALGORITHMS =
      List.of("reptile", "fomaml", "maml", "anil", "meta-sgd");

  private static final float ADAM_BETA2 = 0.999f;
  private static final float ADAM_EPSILON = 1e-8f;

  public MetaConfig {
    algorithm = oneOf("algorithm", algorithm, ALGORITHMS);
    innerOptimizer = oneOf("inner-optimizer", innerOptimizer, List.of("sgd", "adam"));
    learnedSteps =
        oneOf("learned-steps", learnedSteps, List.of("none", "per-tensor", "per-parameter"));
    outerOptimizer = oneOf("outer-optimizer", outerOptimizer, List.of("adam", "sgd"));
    metaStepShape = oneOf("meta-step-shape", metaStepShape, List.of("linear", "cosine"));
    positive("inner-steps", innerSteps);
    positive("inner-step-size", innerStepSize);
    positive("meta-step", metaStep);
    positive("learned-steps-step", learnedStepsStep);
    if (metaStepFinal < 0 || metaStepDecay < 0 || innerBatch < 0) {
      throw new IllegalArgumentException(
          "meta-step-final, meta-step-decay and inner-batch must be 0 or more, found %s, %s, %s"
              .formatted(metaStepFinal, metaStepDecay, innerBatch));
    }
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
    if (firstOrderSteps > 0 && !List.of("maml", "meta-sgd").contains(algorithm)) {
      throw new IllegalArgumentException(
          "first-order-steps must be 0 with %s, which is no exact MAML, found %d"
              .formatted(algorithm, firstOrderSteps));
    }
  }

  /** First-order MAML as it learned best on our streams: three steps of 0.1, outer Adam 1e-3. */
  public static MetaConfig fomaml() {
    return new MetaConfig(
        "fomaml", 3, 0.1, "sgd", 0, "none", "adam", 1e-3, 0, 0, "linear", 0.0025, 0, 0, 0);
  }

  /** What the core understands. */
  public MetaSettings toSettings() {
    Schedule schedule = schedule();
    return new MetaSettings(
        rule(),
        new InnerLoop(innerSteps, inner(), batching(), scope()),
        learned(),
        outer(schedule),
        OuterOptimizer.Adam.standard(new Schedule.Constant(learnedStepsStep * innerStepSize)),
        clip,
        new Annealing(multiStepLoss, firstOrderSteps));
  }

  private MetaRule rule() {
    return switch (algorithm) {
      case "reptile" -> MetaRule.REPTILE;
      case "maml", "meta-sgd" -> MetaRule.SECOND_ORDER;
      case "fomaml", "anil" -> MetaRule.FIRST_ORDER;
      default -> throw new IllegalStateException("no rule for the algorithm " + algorithm);
    };
  }

  private Scope scope() {
    return algorithm.equals("anil") ? Scope.HEAD : Scope.ALL;
  }

  private InnerOptimizer inner() {
    float alpha = (float) innerStepSize;
    return innerOptimizer.equals("sgd")
        ? new InnerOptimizer.Sgd(new StepSizes.Uniform(alpha))
        : new InnerOptimizer.Adam(alpha, 0f, ADAM_BETA2, ADAM_EPSILON, null);
  }

  private Batching batching() {
    return innerBatch == 0 ? new Batching.Full() : new Batching.Mini(innerBatch);
  }

  private InnerSteps learned() {
    if (algorithm.equals("meta-sgd")) {
      return InnerSteps.PER_PARAMETER;
    }
    return switch (learnedSteps) {
      case "per-tensor" -> InnerSteps.PER_TENSOR_PER_STEP;
      case "per-parameter" -> InnerSteps.PER_PARAMETER;
      case "none" -> InnerSteps.FIXED;
      default -> throw new IllegalStateException("no step sizes are learned " + learnedSteps);
    };
  }

  private Schedule schedule() {
    if (metaStepDecay == 0) {
      return new Schedule.Constant(metaStep);
    }
    return metaStepShape.equals("cosine")
        ? new Schedule.Cosine(metaStep, metaStepFinal, metaStepDecay)
        : new Schedule.Linear(metaStep, metaStepFinal, metaStepDecay);
  }

  private OuterOptimizer outer(Schedule schedule) {
    return outerOptimizer.equals("adam")
        ? OuterOptimizer.Adam.standard(schedule)
        : new OuterOptimizer.Sgd(schedule);
  }

  private static String oneOf(String key, String value, List<String> allowed) {
    String found = value.toLowerCase(Locale.ROOT);
    if (!allowed.contains(found)) {
      throw new IllegalArgumentException(
          "%s must be one of %s, found '%s'".formatted(key, String.join(", ", allowed), value));
    }
    return found;
  }

  private static void positive(String key, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(key + " must be more than 0, found " + value);
    }
  }
}
