package io.engram.modelregistry.gate;

/**
 * What the registry itself measured of a candidate and of the champion, on the same tasks; so that nobody's word need be taken.
 *
 * @param candidate share predicted right, or squared error
 * @param champion likewise; NaN where there is none, or none of the tasks fits it
 * @param tasks how many
 */
public record Measured(double candidate, double champion, int tasks) {

  /** Whether the two can be compared. */
  boolean comparable() {
    return !Double.isNaN(candidate) && !Double.isNaN(champion);
  }
}
