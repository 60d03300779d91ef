package io.engram.benchmarks.poison;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench poison}. */
@Command(
    name = "poison",
    description = {
      "Shows learners streams in which a tenant, or all of them, send absurd labels, missing-value marks, noise or nearly everything, and "
          + "compares what the honest keys get with the same stream without."
    },
    mixinStandardHelpOptions = true)
public final class PoisonCommand implements Callable<Integer> {

  private static final int QUICK_LENGTH = 420;
  private static final int QUICK_FLOOD = 9;
  private static final int FLOOD = 99;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      converter = AtLeastOne.class,
      names = "--tasks",
      description = "Honest tasks of a stream (default: ${DEFAULT-VALUE}).",
      defaultValue = "600")
  private int tasks;

  @Option(
      converter = AtLeastOne.class,
      names = "--rounds",
      description = "Streams of each kind (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int rounds;

  @Option(
      names = "--learner",
      split = ",",
      description = "Only these: table, fomaml, reptile, experience-replay, consolidating-replay.")
  private List<String> learners = List.of();

  @Option(
      names = "--poison",
      split = ",",
      description = "Only these: one-1e20, one-1e6, sentinel, drift, explode, flood, noise.")
  private List<String> poisons = List.of();

  @Override
  public Integer call() {
    List<Contestant> contestants =
        Contestant.all().stream()
            .filter(it -> learners.isEmpty() || learners.contains(it.name()))
            .toList();
    List<Poison> kinds =
        Arrays.stream(Poison.values())
            .filter(it -> poisons.isEmpty() || poisons.contains(it.words()))
            .toList();
    boolean quick = options.quick();
    options.report(
        new PoisonBenchmark(
                quick ? QUICK_LENGTH : tasks,
                quick ? 1 : rounds,
                quick ? QUICK_FLOOD : FLOOD,
                contestants,
                kinds,
                options::say)
            .run());
    return 0;
  }
}
