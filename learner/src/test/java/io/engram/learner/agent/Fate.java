package io.engram.learner.agent;

import java.util.Random;

/** What happens to a process, by a seed: it is killed with a given probability at every step that touches the outside. */
final class Fate {

  private final Random random;
  private final double crashes;
  private int kills;
  private Runnable lossOfPower = () -> {};

  /**
   * @param crashes probability of a kill at each step
   */
  Fate(long seed, double crashes) {
    this.random = new Random(seed);
    this.crashes = crashes;
  }

  /** One kill in four is a loss of power. */
  void withLossOfPower(Runnable loss) {
    lossOfPower =
        () -> {
          if (random.nextInt(4) == 0) {
            loss.run();
          }
        };
  }

  /** Where nothing happens the process goes on. */
  void mayCrash(String where) {
    if (random.nextDouble() < crashes) {
      kills++;
      lossOfPower.run();
      throw new Crash(where);
    }
  }

  /** A number from 0 to below {@code bound}. */
  int chance(int bound) {
    return random.nextInt(bound);
  }

  int kills() {
    return kills;
  }
}
