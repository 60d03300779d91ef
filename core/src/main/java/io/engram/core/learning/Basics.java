package io.engram.core.learning;

import io.engram.core.guard.Limits;
import io.engram.core.network.Head;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;

/**
 * What every learner is told, whatever it learns from.
 *
 * @param network what is learned
 * @param draws where all randomness comes from
 * @param zeroHead start with a zero last layer
 * @param groupSize arriving tasks that form one group, at least 1; a group is scored, learned from and committed as one
 * @param standardise scale features (and regression targets) by their running mean and deviation
 * @param scoreUntrained also score θ₀ in the same way, at the price of a second prediction
 * @param window tasks in a score window, at least 1
 * @param limits the most that is believed of one task, and of one key
 */
public record Basics(
    NetworkSpec network,
    Draws draws,
    boolean zeroHead,
    int groupSize,
    boolean standardise,
    boolean scoreUntrained,
    int window,
    Limits limits) {

  public Basics {
    atLeast("group size", groupSize, 1);
    atLeast("window", window, 1);
  }

  /** With draws by position and the usual limits. */
  public Basics(
      NetworkSpec network,
      long seed,
      boolean zeroHead,
      int groupSize,
      boolean standardise,
      boolean scoreUntrained,
      int window) {
    this(
        network,
        new Draws(seed, DrawBy.POSITION),
        zeroHead,
        groupSize,
        standardise,
        scoreUntrained,
        window,
        Limits.USUAL);
  }

  /** Root of all randomness. */
  public long seed() {
    return draws.seed();
  }

  /** What a task's random draws follow from. */
  public DrawBy drawBy() {
    return draws.by();
  }

  /** The same with other draws. */
  public Basics drawing(DrawBy other) {
    return new Basics(
        network,
        new Draws(seed(), other),
        zeroHead,
        groupSize,
        standardise,
        scoreUntrained,
        window,
        limits);
  }

  /** The same with other limits. */
  public Basics within(Limits other) {
    return new Basics(
        network, draws, zeroHead, groupSize, standardise, scoreUntrained, window, other);
  }

  /** The same with features and targets taken as they are. */
  public Basics unscaled() {
    return new Basics(network, draws, zeroHead, groupSize, false, scoreUntrained, window, limits);
  }

  /** [parameters] θ₀. */
  public float[] untrained() {
    return InitialParameters.of(network, seed(), zeroHead);
  }

  /** Whether the network predicts values rather than classes. */
  boolean regression() {
    return network.head() == Head.MEAN_SQUARED_ERROR;
  }

  static void atLeast(String what, int value, int minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          "%s must be at least %d, found %d".formatted(what, minimum, value));
    }
  }
}
