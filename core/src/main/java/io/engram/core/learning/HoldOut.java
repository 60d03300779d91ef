package io.engram.core.learning;

/**
 * Which examples of a stream are held out of learning, so that what was learned can be asked about the whole past by examples that nothing
 * was fitted to.
 *
 * @param share of all examples, 0 for none, at most a half
 * @param examples kept at most, at least 1; beyond that a uniform sample of all that were held out
 */
public record HoldOut(double share, int examples) {

  /** All is learned. */
  public static final HoldOut NONE = new HoldOut(0, 1);

  private static final double LARGEST_SHARE = 0.5;

  public HoldOut {
    if (!(share >= 0 && share <= LARGEST_SHARE)) {
      throw new IllegalArgumentException(
          "share must be from 0 to %s of the examples, found %s".formatted(LARGEST_SHARE, share));
    }
    if (examples < 1) {
      throw new IllegalArgumentException(
          "examples must be at least 1, found %d; share = 0 holds none out".formatted(examples));
    }
  }

  /** Tags below it are held out; tags are uniform from 0 to 2⁶³. */
  public long threshold() {
    return (long) (share * 0x1p63);
  }
}
