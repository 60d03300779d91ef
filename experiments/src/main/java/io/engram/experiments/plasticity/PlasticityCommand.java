package io.engram.experiments.plasticity;

import static java.util.Objects.requireNonNull;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.DataDirectory;
import io.engram.cli.AddedCommand;
import io.engram.experiments.lifelong.Digits;
import io.engram.experiments.plasticity.PlasticityBenchmark.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram bench plasticity}. */
@Command(
    name = "plasticity",
    description = {
      "Whether a learner stays able to learn: online permuted MNIST, hundreds of permutations one after another, each example asked before it is"
          + " learned; online SGD, the repairs of the literature, and ours. Every learner is put down after each task, so that an interrupted bench goes on where it was."
    },
    mixinStandardHelpOptions = true)
public final class PlasticityCommand implements AddedCommand, Callable<Integer> {

  private static final int TASKS = 800;
  private static final int EXAMPLES = 10_000;
  private static final int ALL = 60_000;
  private static final int QUICK_TASKS = 20;
  private static final int QUICK_EXAMPLES = 2_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(
      converter = AtLeastOne.class,
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks one after another. Default: " + TASKS + ", quick " + QUICK_TASKS + ".")
  private @Nullable Integer tasks;

  @Option(
      converter = AtLeastOne.class,
      names = "--examples",
      paramLabel = "N",
      description =
          "Digits of a task, of 60,000. Default: " + EXAMPLES + ", quick " + QUICK_EXAMPLES + ".")
  private @Nullable Integer examples;

  @Option(
      converter = AtLeastOne.class,
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds per learner, each a stream and an initialisation. Default: 1.")
  private int seeds = 1;

  @Option(
      names = {"--learner", "--learners"},
      paramLabel = "NAME[,NAME]",
      split = ",",
      description = "Some of ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Contestant> learners = List.of(Contestant.values());

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "Where learners are put down. Default: engram-state/bench/plasticity.")
  private Path runs = Path.of("engram-state", "bench", "plasticity");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (examples != null && examples > ALL) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(),
          "--examples: found %d, there are %d digits".formatted(examples, ALL));
    }
    Plan plan =
        new Plan(
            learners,
            LongStream.rangeClosed(1, seeds).boxed().toList(),
            tasks == null ? (options.quick() ? QUICK_TASKS : TASKS) : tasks,
            examples == null ? (options.quick() ? QUICK_EXAMPLES : EXAMPLES) : examples);
    Digits digits = Digits.training(data.of("mnist"));
    options.report(new PlasticityBenchmark(digits, runs, plan, options::say).run());
    return 0;
  }

  @Override
  public String parent() {
    return "bench";
  }
}
