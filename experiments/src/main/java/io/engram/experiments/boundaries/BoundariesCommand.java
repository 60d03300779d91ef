package io.engram.experiments.boundaries;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.DataDirectory;
import io.engram.cli.AddedCommand;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench boundaries}. */
@Command(
    name = "boundaries",
    description = {
      "Streams of Omniglot's characters and of MNIST's digits in which another task of five classes begins with any example with a "
          + "probability of 0.02: how many of the boundaries each detector finds within two tasks' worth, how late, and how often it is wrong. "
          + "A data set that is not there is passed over."
    },
    mixinStandardHelpOptions = true)
public final class BoundariesCommand implements AddedCommand, Callable<Integer> {

  private static final int EXAMPLES = 20_000;
  private static final int QUICK = 1_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(names = "--seed", description = "Of the streams (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Override
  public Integer call() throws IOException {
    Map<String, Scenes> streams = new TreeMap<>();
    try {
      streams.put("omniglot", Scenes.characters(data.of("omniglot")));
    } catch (IllegalArgumentException e) {
      options.say("passed over: " + e.getMessage());
    }
    try {
      streams.put("mnist", Scenes.digits(data.of("mnist")));
    } catch (IllegalArgumentException e) {
      options.say("passed over: " + e.getMessage());
    }
    options.report(
        new BoundariesBenchmark(streams, options.quick() ? QUICK : EXAMPLES, seed, options::say)
            .run());
    return 0;
  }

  @Override
  public String parent() {
    return "bench";
  }
}
