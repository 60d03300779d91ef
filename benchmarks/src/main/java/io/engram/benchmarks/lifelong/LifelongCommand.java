package io.engram.benchmarks.lifelong;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.DataDirectory;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.lifelong.LifelongBenchmark.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench lifelong}. */
@Command(
    name = "lifelong",
    description = {
      "Continual learning on MNIST in a single pass: Rotations, Permutations and Many Permutations, our learner beside those of the"
          + " literature. Finished runs are kept, so that an interrupted bench goes on where it was."
    },
    mixinStandardHelpOptions = true)
public final class LifelongCommand implements Callable<Integer> {

  private static final int ALL_TEST_DIGITS = 10_000;
  private static final int QUICK_TEST_DIGITS = 1_000;

  /** Never used while settings were chosen. */
  private static final long FIRST_SEED = 1;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(names = "--seeds", description = "Seeds per learner and stream. Default: 5.")
  private int seeds = 5;

  @Option(
      names = "--learners",
      split = ",",
      description = "Some of ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Contestant> learners = List.of(Contestant.values());

  @Option(
      names = "--streams",
      split = ",",
      description = "Some of ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Protocol> streams = List.of(Protocol.values());

  @Option(
      names = "--runs",
      description = "Where finished runs are kept. Default: ${DEFAULT-VALUE}.")
  private Path runs = Path.of("engram-state", "bench", "lifelong.jsonl");

  @Option(
      names = "--drift",
      description =
          "Instead, run the drifting stream of Omniglot and MNIST: 10,000 steps of 10-way 5-shot, tasks that stay with probability 0.98 and"
              + " 0.90.")
  private boolean drift;

  @Option(names = "--steps", description = "Steps of the drifting stream. Default: 10,000.")
  private int steps = 10_000;

  @Override
  public Integer call() throws IOException {
    Path mnist = data.of("mnist");
    Digits training = Digits.training(mnist);
    Digits test = Digits.test(mnist);
    if (drift) {
      Machine machine = Machine.here();
      Characters characters = Characters.read(data.of("omniglot"));
      options.report(new BenchReport("lifelong", machine, drift(characters, test).run()));
      return 0;
    }
    options.report(
        new LifelongBenchmark(training, test, new RunFile(runs), plan(), options::say).run());
    return 0;
  }

  private DriftBenchmark drift(Characters characters, Digits digits) {
    return options.quick()
        ? new DriftBenchmark(characters, digits, 100, 100, List.of(FIRST_SEED), options::say)
        : new DriftBenchmark(characters, digits, steps, 5_000, numbers(), options::say);
  }

  private Plan plan() {
    if (options.quick()) {
      return new Plan(
          List.of(Contestant.REPLAY, Contestant.OURS),
          List.of(Protocol.values()),
          List.of(FIRST_SEED),
          QUICK_TEST_DIGITS);
    }
    return new Plan(learners, streams, numbers(), ALL_TEST_DIGITS);
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      numbers.add(FIRST_SEED + i);
    }
    return numbers;
  }
}
