package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;

/** A continual learner's hyper-parameters; which record it is says which learner. Its text form names them all. */
public sealed interface ContinualSettings permits DurableSettings, JointLearner.Settings {

  /**
   * A learner with these settings that starts at θ₀.
   *
   * @param theta [parameters] in layout order
   * @param seed of all its draws
   */
  ContinualLearner start(StreamProgram program, float[] theta, long seed);
}
