package io.engram.benchmarks.forget;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Machine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench forget}. */
@Command(
    name = "forget",
    description = {
      "A table is learned from with a key and without it, and the key is forgotten: how long that takes, whether the parameters are those of the "
          + "run without it, byte for byte, and whether any file or topic still holds it."
    },
    mixinStandardHelpOptions = true)
public final class ForgetBenchCommand implements Callable<Integer> {

  private static final int QUICK_TASKS = 100;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks of the table, the key's among them (default: 2000; with --quick 100).")
  private @Nullable Integer tasks;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = "What learns (default: ${DEFAULT-VALUE}).",
      defaultValue = "fomaml")
  private String algorithm = "";

  @Override
  public Integer call() throws Exception {
    int count = tasks != null ? tasks : options.quick() ? QUICK_TASKS : 2_000;
    Machine machine = Machine.here();
    Path directory = Directories.temporary();
    try {
      ForgetCases cases = new ForgetCases(directory, count, algorithm, options::say);
      options.report(new BenchReport("forget", machine, cases.run()));
    } finally {
      Directories.delete(directory);
    }
    return 0;
  }
}
