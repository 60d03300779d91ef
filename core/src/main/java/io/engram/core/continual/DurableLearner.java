package io.engram.core.continual;

/**
 * A continual learner that can be put down and taken up again: started anew with the same settings and seed at the θ it handed over, and
 * resumed with its state, it goes on bit for bit as if it had never stopped.
 */
public interface DurableLearner extends ContinualLearner {

  /** Writes θ, the weights that predict: [parameters] in layout order. */
  void store(float[] theta);

  /** All that it is beside θ. */
  ContinualState state();

  /**
   * Goes on from a state; {@link ContinualState#NONE} changes nothing. Called before anything was learned.
   *
   * @throws IllegalStateException if the state was another kind of learner's
   */
  void resume(ContinualState state);
}
