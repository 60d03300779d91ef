package io.engram.benchmarks.crash;

import io.engram.benchmarks.BenchOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench crash}. */
@Command(
    name = "crash",
    description = {
      "Runs a broker and a learner as processes on a stream, kills one of them with kill -9 at random instants, "
          + "and compares θ, memory and published versions with a run that was left alone. Then the time from a restart to "
          + "the first meta-update."
    },
    mixinStandardHelpOptions = true)
public final class CrashCommand implements Callable<Integer> {

  private static final int QUICK_KILLS = 3;
  private static final int QUICK_MEMORY = 2_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--kills",
      description =
          "How often something is killed; 0 for the restart alone (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private int kills;

  @Option(
      names = "--memory",
      description = "Tasks in memory at the timed restart (default: ${DEFAULT-VALUE}).",
      defaultValue = "50000")
  private int memory;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description =
          "A continual learner on classes whose looks change, such as consolidating-replay, a learner of tasks of them, such as prototypes, or the learner of tables on sine waves (table), instead of first-order "
              + "MAML on sine waves; then no restart is timed.")
  private @Nullable String algorithm;

  @Option(
      names = "--seed",
      description = "Decides what is killed and when (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  private long seed;

  @Override
  public Integer call() {
    CrashBenchmark bench =
        new CrashBenchmark(
            algorithm == null ? CrashWorkload.sines() : CrashWorkload.of(algorithm),
            options.quick() ? Math.min(kills, QUICK_KILLS) : kills,
            memoryTasks(),
            seed,
            options::say);
    options.report(bench.run());
    return 0;
  }

  private int memoryTasks() {
    if (algorithm != null) {
      return 0;
    }
    return options.quick() ? Math.min(memory, QUICK_MEMORY) : memory;
  }
}
