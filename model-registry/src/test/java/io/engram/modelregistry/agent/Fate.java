package io.engram.modelregistry.agent;

import java.util.Random;

/**
 * What happens to a registry, by a seed: with a given probability, at every step that touches the cluster, its process is killed or the
 * cluster fails.
 */
final class Fate {

  private final Random random;
  private final double trouble;
  private int kills;
  private int failures;

  /**
   * @param trouble probability of a kill, and that of a failure, at each step
   */
  Fate(long seed, double trouble) {
    this.random = new Random(seed);
    this.trouble = trouble;
  }

  /** Where nothing happens the process goes on. */
  void mayStrike(String where) {
    double drawn = random.nextDouble();
    if (drawn < trouble) {
      kills++;
      throw new Crash(where);
    }
    if (drawn < 2 * trouble) {
      failures++;
      throw new UnavailableException("the cluster failed " + where, new Crash(where));
    }
  }

  /** A number from 0 to below {@code bound}. */
  int chance(int bound) {
    return random.nextInt(bound);
  }

  int kills() {
    return kills;
  }

  int failures() {
    return failures;
  }
}
