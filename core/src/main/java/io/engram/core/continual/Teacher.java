package io.engram.core.continual;

import io.engram.core.kind.OutOfBounds;

/**
 * What the running average of the weights has to say in {@link ConsolidatingReplay}.
 *
 * @param teaching t, how strongly new examples are held to the teacher's logits; 0 for no teacher
 * @param trust k, how fast the teacher loses its say where it is wrong
 * @param slowness r, the teacher's rate; in its first 1/r steps it is the plain mean
 */
public record Teacher(float teaching, float trust, float slowness) {

  public Teacher {
    OutOfBounds.notNegative("teaching", teaching);
    OutOfBounds.notNegative("trust", trust);
    OutOfBounds.notNegative("slowness", slowness);
  }
}
