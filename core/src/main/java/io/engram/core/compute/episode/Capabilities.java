package io.engram.core.compute.episode;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an engine can compute, said once for all of its networks. Which layers it has, only compiling tells.
 *
 * @param throughSgd the rules that run with an SGD inner loop
 * @param throughAdam the rules that run with an Adam inner loop
 * @param features what it offers beyond them
 */
public record Capabilities(
    Set<MetaRule> throughSgd, Set<MetaRule> throughAdam, Set<Feature> features) {

  /** What an engine may offer and need not. */
  public enum Feature {
    /** Gradients of inner step sizes, {@link MetaGradient#withStepSizes}. */
    STEP_SIZE_GRADIENTS,
    /** Weighed losses after several inner steps, {@link MetaObjective#stepWeights}. */
    MULTI_STEP_LOSS,
    /** Programs for a stream of single examples, {@link ComputeEngine#compileStream}. */
    STREAMS,
    /** Outer steps where the engine computes: its programs are {@code io.engram.core.meta.TrainsInPlace}. */
    TRAINING_IN_PLACE,
    /** Heads fitted in closed form, {@link InnerOptimizer.ClosedForm}, with exact meta-gradients. */
    CLOSED_FORM_HEADS
  }

  public Capabilities {
    throughSgd = Set.copyOf(throughSgd);
    throughAdam = Set.copyOf(throughAdam);
    features = Set.copyOf(features);
  }

  /** First-order rules alone, with either inner loop. */
  public static Capabilities firstOrder(Feature... features) {
    Set<MetaRule> rules = EnumSet.of(MetaRule.FIRST_ORDER, MetaRule.REPTILE);
    return new Capabilities(rules, rules, Set.copyOf(Arrays.asList(features)));
  }

  /** Every rule; exact second order with an SGD inner loop, for nobody here differentiates through Adam. */
  public static Capabilities secondOrder(Feature... features) {
    return new Capabilities(
        EnumSet.allOf(MetaRule.class),
        EnumSet.of(MetaRule.FIRST_ORDER, MetaRule.REPTILE),
        Set.copyOf(Arrays.asList(features)));
  }

  /** Whether {@link MetaProgram#metaGradient} runs this rule with this loop. Through a closed form every gradient is exact. */
  public boolean runs(InnerLoop loop, MetaRule rule) {
    if (loop.optimizer() instanceof InnerOptimizer.ClosedForm) {
      return offers(Feature.CLOSED_FORM_HEADS) && rule == MetaRule.SECOND_ORDER;
    }
    return (loop.optimizer() instanceof Adam ? throughAdam : throughSgd).contains(rule);
  }

  /** Whether it offers this. */
  public boolean offers(Feature feature) {
    return features.contains(feature);
  }
}
