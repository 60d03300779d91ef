package io.engram.benchmarks.learning;

import io.engram.benchmarks.AtLeastOne;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a bench that trains can be asked for. */
public final class RunOptions {

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Root of all randomness. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "engram-state/bench",
      description = "Where checkpoints are kept. Default: ${DEFAULT-VALUE}.")
  private Path state = Path.of("engram-state", "bench");

  @Option(
      converter = AtLeastOne.class,
      names = "--judged",
      paramLabel = "N",
      description = "New tasks behind each figure. Default: 2000 or more.")
  private @Nullable Integer judged;

  public long seed() {
    return seed;
  }

  public Path state() {
    return state;
  }

  /** New tasks behind each figure. */
  public int judged(int byDefault) {
    return judged == null ? byDefault : judged;
  }
}
