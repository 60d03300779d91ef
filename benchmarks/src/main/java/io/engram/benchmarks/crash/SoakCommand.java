package io.engram.benchmarks.crash;

import io.engram.benchmarks.BenchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench soak}. */
@Command(
    name = "soak",
    description = {
      "Runs a broker and a learner on a steady stream of sine waves and watches the learner's heap, resident memory, RocksDB memory, "
          + "disk, file handles and threads: after the first third, none of them should grow. Then hours of commits at once, for the store's files."
    },
    mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {

  private static final double QUICK_MINUTES = 0.4;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--minutes",
      description = "How long (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private double minutes;

  @Override
  public Integer call() {
    double length = options.quick() ? Math.min(minutes, QUICK_MINUTES) : minutes;
    options.report(new SoakBenchmark(length, options::say).run());
    return 0;
  }
}
