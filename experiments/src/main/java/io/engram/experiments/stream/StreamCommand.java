package io.engram.experiments.stream;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.DataDirectory;
import io.engram.cli.AddedCommand;
import io.engram.cli.config.Layers;
import io.engram.cli.role.SourceSettings.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench stream}. */
@Command(
    name = "stream",
    description = {
      "Scores the learner on a built-in stream, each task before it is learned from: the tasks and settings of 'engram run', without "
          + "Kafka and without a store."
    },
    mixinStandardHelpOptions = true)
public final class StreamCommand implements AddedCommand, Callable<Integer> {

  private static final int TASKS = 2000;
  private static final int QUICK_TASKS = 100;

  /** What the last 200 of 2,000 tasks of 5-way 1-shot Omniglot should reach, in per cent. */
  private static final double OMNIGLOT_GOAL = 92;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(
      names = "--source",
      paramLabel = "KIND",
      defaultValue = "OMNIGLOT",
      description = "sinusoid or omniglot. Default: omniglot.")
  private Kind kind = Kind.OMNIGLOT;

  @Option(
      converter = AtLeastOne.class,
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks to show. Default: " + TASKS + ".")
  private @Nullable Integer tasks;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets any key of the configuration, as in 'engram run'. May be repeated.")
  private List<String> assignments = new ArrayList<>();

  @Override
  public Integer call() {
    int shown = tasks == null ? (options.quick() ? QUICK_TASKS : TASKS) : tasks;
    boolean whole = kind == Kind.OMNIGLOT && shown >= TASKS && assignments.isEmpty();
    options.report(
        new StreamBenchmark(layers(shown), shown, whole ? OMNIGLOT_GOAL : null, options::say)
            .run());
    return 0;
  }

  private Layers layers(int shown) {
    Layers layers =
        Layers.none()
            .withPreset(kind.preset())
            .withOption("source.tasks", "--tasks", Integer.toString(shown));
    if (kind == Kind.OMNIGLOT) {
      layers = layers.withOption("source.omniglot.data", "--data", data.of("omniglot").toString());
    }
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    return layers;
  }

  @Override
  public String parent() {
    return "bench";
  }
}
