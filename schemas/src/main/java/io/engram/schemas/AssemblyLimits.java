package io.engram.schemas;

/**
 * How much of unfinished versions is kept: whoever can write to a topic of versions can send chunks without end.
 *
 * @param chunkBytes most bytes of one chunk, at least 1
 * @param chunks most chunks of one version, at least 1
 * @param versions most versions that are put together at the same time, at least 1
 * @param totalBytes most bytes of all of them together, and so of one, at least {@code chunkBytes}
 */
public record AssemblyLimits(int chunkBytes, int chunks, int versions, long totalBytes) {

  /** The broker's default message limit; 115 MB of parameters as {@link ModelChunks} cuts them; 64 versions; 128 MiB. */
  public static final AssemblyLimits DEFAULT = new AssemblyLimits(1 << 20, 128, 64, 128L << 20);

  public AssemblyLimits {
    atLeast("chunkBytes", chunkBytes, 1);
    atLeast("chunks", chunks, 1);
    atLeast("versions", versions, 1);
    atLeast("totalBytes", totalBytes, chunkBytes);
  }

  private static void atLeast(String what, long found, long least) {
    if (found < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, found %d".formatted(what, least, found));
    }
  }
}
