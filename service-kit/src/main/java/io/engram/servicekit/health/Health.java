package io.engram.servicekit.health;

/**
 * Health as of now.
 *
 * @param detail "up", or what is wrong
 */
public record Health(boolean up, String detail) {

  /** All is well. */
  public static Health healthy() {
    return new Health(true, "up");
  }

  /** Something is not. */
  public static Health down(String why) {
    return new Health(false, why);
  }
}
