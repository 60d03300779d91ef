package io.engram.core.learning;

import io.engram.core.continual.ContinualState;

/**
 * All that a learner of single examples is between two groups.
 *
 * @param theta [parameters] in layout order; never written to
 * @param updates batches learned
 * @param learner what the continual learner is beside θ, its memory of examples included
 * @param heldOut examples that were not learned
 * @param examination of the newest version that was made
 */
@SuppressWarnings("ArrayRecordComponent") // flat parameters, never compared
public record StreamState(
    float[] theta,
    long updates,
    ContinualState learner,
    HeldOut heldOut,
    Examination examination,
    Standing standing)
    implements LifelongState {

  private static final float[] NONE = {};

  /** Before the first task. */
  public static StreamState initial(StreamSettings settings) {
    return new StreamState(
        settings.basics().untrained(),
        0,
        ContinualState.NONE,
        HeldOut.NONE,
        Examination.NONE,
        Standing.initial(settings));
  }

  /** The same, with a version of it examined. */
  public StreamState with(Examination newest) {
    return new StreamState(theta, updates, learner, heldOut, newest, standing);
  }

  @Override
  public float[] stepSizes() {
    return NONE;
  }

  @Override
  public int remembered() {
    return learner.memory().size();
  }

  @Override
  public Retained retained() {
    return examination.retained();
  }
}
