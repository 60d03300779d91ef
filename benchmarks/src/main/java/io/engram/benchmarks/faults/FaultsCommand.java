package io.engram.benchmarks.faults;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench faults}. */
@Command(
    name = "faults",
    description = {
      "Runs broker, ingest, learner and registry as processes under honest traffic; kills them, freezes them (the broker too: then every role is cut "
          + "off from it) and fills their disks. Then accounts for every example, and for what /health said meanwhile. Ends with 1 where a promise is not kept."
    },
    mixinStandardHelpOptions = true)
public final class FaultsCommand implements Callable<Integer> {

  private static final int QUICK_KILLS = 3;
  private static final int QUICK_SECONDS = 5;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--kills",
      description = "How often a process is killed (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private int kills;

  @Option(
      names = "--seconds",
      description =
          "How long each is frozen, and how long each disk is full (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  private int seconds;

  @Option(
      names = "--seed",
      description = "Decides who is killed (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  private long seed;

  @Override
  public Integer call() {
    BenchReport report =
        new FaultsBenchmark(
                options.quick() ? Math.min(kills, QUICK_KILLS) : kills,
                options.quick() ? Math.min(seconds, QUICK_SECONDS) : seconds,
                seed,
                options::say)
            .run();
    options.report(report);
    return report.cases().stream().anyMatch(it -> Boolean.FALSE.equals(it.met())) ? 1 : 0;
  }
}
