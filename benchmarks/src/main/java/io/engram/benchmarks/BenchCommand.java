package io.engram.benchmarks;

import static java.util.Objects.requireNonNull;

import io.engram.benchmarks.answers.AnswersBenchCommand;
import io.engram.benchmarks.cluster.ClusterCommand;
import io.engram.benchmarks.crash.CrashCommand;
import io.engram.benchmarks.crash.SoakCommand;
import io.engram.benchmarks.device.DeviceCommand;
import io.engram.benchmarks.faults.FaultsCommand;
import io.engram.benchmarks.forget.ForgetBenchCommand;
import io.engram.benchmarks.hostile.HostileCommand;
import io.engram.benchmarks.ingest.IngestBenchCommand;
import io.engram.benchmarks.innerloop.InnerLoopCommand;
import io.engram.benchmarks.memory.MemoryCommand;
import io.engram.benchmarks.pipeline.PipelineBenchCommand;
import io.engram.benchmarks.poison.PoisonCommand;
import io.engram.benchmarks.registry.HttpBenchCommand;
import io.engram.benchmarks.registry.RegistryBenchCommand;
import io.engram.benchmarks.registry.ServingBenchCommand;
import io.engram.cli.AddedCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All benches. */
@Command(
    name = "bench",
    description = {
      "Measures speed, safety and learning. Every bench prints its progress, a table, and as its last line its figures as JSON."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCH",
    subcommands = {
      ClusterCommand.class,
      CrashCommand.class,
      DeviceCommand.class,
      FaultsCommand.class,
      ForgetBenchCommand.class,
      HostileCommand.class,
      HttpBenchCommand.class,
      IngestBenchCommand.class,
      AnswersBenchCommand.class,
      InnerLoopCommand.class,
      MemoryCommand.class,
      PipelineBenchCommand.class,
      PoisonCommand.class,
      RegistryBenchCommand.class,
      ServingBenchCommand.class,
      SoakCommand.class,
    })
public final class BenchCommand implements AddedCommand, Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a bench is missing");
  }
}
