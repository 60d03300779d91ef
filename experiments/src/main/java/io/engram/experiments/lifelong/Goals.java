package io.engram.experiments.lifelong;

/**
 * What Engram's own learner should reach.
 *
 * @param retained RA, percent
 * @param learning LA, percent
 */
record Goals(double retained, double learning) {

  static Goals of(Protocol protocol) {
    return protocol == Protocol.MANY_PERMUTATIONS ? new Goals(58, 63) : new Goals(82.5, 85);
  }
}
