package io.engram.core.learning;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.meta.InnerSteps;

/**
 * What whoever takes a version does to it before predicting: the inner loop, and with which statistics the adapted network predicts.
 *
 * @param inner without step sizes where they are learned
 * @param learned which step sizes are the version's own
 * @param scoring which batch statistics query examples are scored with
 */
public record AdaptationRule(InnerLoop inner, InnerSteps learned, NormalizationMode scoring) {

  /** θ is used as it is: the inner loop takes no steps. */
  public static final AdaptationRule NONE =
      new AdaptationRule(
          InnerLoop.sgd(0, 0f), InnerSteps.FIXED, NormalizationMode.NON_TRANSDUCTIVE);
}
