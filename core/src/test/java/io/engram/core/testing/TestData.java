package io.engram.core.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Finds the data sets that tests and benchmarks read; where one is absent the test is skipped aloud. */
public final class TestData {

  private TestData() {}

  /**
   * The file or directory {@code relative} below the data directory.
   *
   * <p>The data directory is the system property {@code engram.data}, else the environment variable {@code
   * ENGRAM_DATA}, else {@code ../shared/data} beside the repository.
   *
   * @param relative path below the data directory, for example {@code mnist/train.bin}
   * @throws TestAbortedException where it does not exist, so that JUnit reports the test as skipped and why
   */
  public static Path require(String relative) {
    Path path = directory().resolve(relative).normalize();
    if (!Files.exists(path)) {
      throw new TestAbortedException(
          "SKIPPED: test data not found at "
              + path.toAbsolutePath()
              + "; set -Dengram.data or ENGRAM_DATA to the directory that holds "
              + relative);
    }
    return path;
  }

  /** The data directory; it need not exist. */
  public static Path directory() {
    String named = firstNonBlank(System.getProperty("engram.data"), System.getenv("ENGRAM_DATA"));
    return Path.of(named == null ? "../../shared/data" : named);
  }

  private static @Nullable String firstNonBlank(@Nullable String first, @Nullable String second) {
    if (first != null && !first.isBlank()) {
      return first;
    }
    return second == null || second.isBlank() ? null : second;
  }
}
