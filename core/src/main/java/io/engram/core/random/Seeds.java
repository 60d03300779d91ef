package io.engram.core.random;

/**
 * Derives seeds from a root seed, a purpose and a position, so that no draw depends on what was drawn before it. The mixing
 * function is SplitMix64's finaliser (Steele, Lea &amp; Flood 2014, variant 13 of Stafford), written out because its bits
 * are part of Engram's promise of reproducibility across JDKs.
 */
public final class Seeds {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** A seed for {@code purpose} at the position named by {@code coordinates} (partition, offset, step …). */
  public static long derive(long root, Purpose purpose, long... coordinates) {
    long state = mix(root + GOLDEN_GAMMA * (purpose.code + 1L));
    for (long coordinate : coordinates) {
      state = mix(state ^ mix(coordinate + GOLDEN_GAMMA));
    }
    return state;
  }

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** What a draw is for. Codes are part of the reproducible format: never renumber, only add. */
  public enum Purpose {
    INITIAL_PARAMETERS(0),
    ADMISSION(1),
    REPLAY_DRAW(2),
    SCORING(3),
    EPISODE_SPLIT(4),
    MINI_BATCH(5),
    LABEL_ORDER(6),
    STREAM(7),
    HELD_OUT(8),
    TREES(9);

    private final int code;

    Purpose(int code) {
      this.code = code;
    }
  }
}
