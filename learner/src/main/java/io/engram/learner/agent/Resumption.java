package io.engram.learner.agent;

import io.engram.core.lifelong.LifelongLearner;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.lifelong.ReplayReader;

/** Makes the state machine that goes on from a state. What kind of learner it is, the agent does not know. */
@FunctionalInterface
public interface Resumption {

  /**
   * The learner.
   *
   * @param memory reads remembered tasks
   * @throws RuntimeException if the engine cannot run the algorithm
   */
  LifelongLearner from(LifelongState state, ReplayReader memory);
}
