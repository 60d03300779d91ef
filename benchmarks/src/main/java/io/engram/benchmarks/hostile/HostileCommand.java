package io.engram.benchmarks.hostile;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench hostile}. */
@Command(
    name = "hostile",
    description = {
      "Sends records of every bad kind to every topic of an 'engram run' in a process of its own, with honest examples between, and accounts for "
          + "all of them: what was refused and why, what was learned, what it cost in memory and in lines of the log. Ends with 1 where a promise is not kept."
    },
    mixinStandardHelpOptions = true)
public final class HostileCommand implements Callable<Integer> {

  private static final int QUICK = 20_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      converter = AtLeastOne.class,
      names = "--records",
      description = "Hostile records (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000000")
  private int records;

  @Option(
      names = "--seed",
      description = "Decides what is sent, and when (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  private long seed;

  @Override
  public Integer call() {
    int number = options.quick() ? Math.min(records, QUICK) : records;
    BenchReport report = new HostileBenchmark(number, seed, options::say).run();
    options.report(report);
    return report.cases().stream().anyMatch(it -> Boolean.FALSE.equals(it.met())) ? 1 : 0;
  }
}
