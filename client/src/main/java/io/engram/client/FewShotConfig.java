package io.engram.client;

/**
 * What is kept for those who ask with their rows.
 *
 * @param versions most versions held, ready to be adapted, 1 to 100; those asked last stay
 * @param cacheBytes most bytes of adapted parameters and the rows that they belong to; 0: each question is adapted to anew
 */
public record FewShotConfig(int versions, long cacheBytes) {

  /** 4 versions, 32 MiB. */
  public static final FewShotConfig DEFAULT = new FewShotConfig(4, 32L << 20);

  public FewShotConfig {
    if (versions < 1 || versions > 100) {
      throw new IllegalArgumentException("versions must be 1 to 100, found " + versions);
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cacheBytes must be at least 0, found " + cacheBytes);
    }
  }
}
