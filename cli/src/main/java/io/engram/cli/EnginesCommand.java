package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Settings;
import io.engram.cli.engines.EngineReport;
import io.engram.cli.engines.EngineTrial;
import io.engram.cli.engines.SmokeWorkload;
import io.engram.cli.role.LearnerSettings;
import io.engram.core.compute.EngineKind;
import io.engram.engine.Engines;
import io.engram.engine.fused.FusedKind;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which engines there are, which of them run here, and about how fast. */
@Command(
    name = "engines",
    description = {
      "Lists the compute engines: on what they run here, or why they do not. For those that run: microseconds per task and inner step of a small fixed"
          + " workload (784-64-64-5, 25 examples, 5 steps of Reptile, 32 tasks; the median of a second), and the largest difference of one meta-update from"
          + " that of the fused engine, as a part of its largest element.",
      "learner.engine = auto takes the first of them that can run the learner, never one of negative rank."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram engines",
      "  engram engines --json",
      "  engram run --engine fused              takes one by its name"
    })
final class EnginesCommand implements Callable<Integer> {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--json", description = "Print lines of JSON, one for each engine.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    int threads = LearnerSettings.engineThreads(Settings.load(config.layers(System.getenv())));
    List<EngineKind> kinds = Engines.kinds();
    int width = kinds.stream().mapToInt(kind -> kind.name().length()).max().orElse(0);
    EngineTrial trial = new EngineTrial(new SmokeWorkload(), new FusedKind(), threads);
    for (EngineKind kind : kinds) {
      EngineReport report = trial.of(kind);
      out.println(
          json
              ? report.json().toString()
              : "%s  %s"
                  .formatted(
                      report.engine() + " ".repeat(width - report.engine().length()),
                      report.inWords()));
      out.flush();
    }
    return ExitCodes.OK;
  }
}
