package io.engram.experiments.lifelong;

import static java.util.Objects.requireNonNull;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.DataDirectory;
import io.engram.benchmarks.Machine;
import io.engram.cli.AddedCommand;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.cli.state.Logging;
import io.engram.experiments.lifelong.LifelongBenchmark.Plan;
import io.engram.experiments.lifelong.live.Alphabets;
import io.engram.experiments.lifelong.live.LivePlan;
import io.engram.experiments.lifelong.live.ThroughKafkaBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram bench lifelong}. */
@Command(
    name = "lifelong",
    description = {
      "Continual learning on MNIST in a single pass: Rotations, Permutations and Many Permutations, our learner beside those of the"
          + " literature. Finished runs are kept, so that an interrupted bench goes on where it was."
    },
    mixinStandardHelpOptions = true)
public final class LifelongCommand implements AddedCommand, Callable<Integer> {

  private static final int ALL_TEST_DIGITS = 10_000;
  private static final int QUICK_TEST_DIGITS = 1_000;
  private static final int SEEDS = 5;

  /** Never used while settings were chosen. */
  private static final long FIRST_SEED = 1;

  /** Used for nothing else. */
  private static final long TUNING_SEED = 900;

  /** Tasks before a drifting stream. */
  private static final int PRETRAINING = 5_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(
      converter = AtLeastOne.class,
      names = "--seeds",
      description = "Seeds per learner and stream. Default: 5; 1 with --through-kafka.")
  private @Nullable Integer seeds;

  @Option(
      names = {"--learner", "--learners"},
      paramLabel = "NAME[,NAME]",
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
      description =
          "Where finished runs are kept. Default: engram-state/bench/lifelong.jsonl, beside it drift.jsonl with --drift, and files of"
              + " their own with --tune.")
  private @Nullable Path runs;

  @Option(
      names = "--time",
      description =
          "Instead, time a step of ours and of La-MAML beside the same steps in libtorch, whose first use fetches it (about 300 MB).")
  private boolean time;

  @Option(
      names = "--drift",
      description =
          "Instead, run the drifting stream of Omniglot and MNIST: 10,000 steps of 10-way 5-shot, tasks that stay with probability 0.98 and"
              + " 0.90.")
  private boolean drift;

  @Option(
      names = "--tune",
      description =
          "Instead, show how settings were chosen: those of our learner, or with --drift of all, on other seeds and data. Seeds by default:"
              + " 2, from 900 on.")
  private boolean tune;

  @Option(
      converter = AtLeastOne.class,
      names = "--steps",
      description = "Steps of the drifting stream. Default: 10,000; 2,000 with --tune.")
  private @Nullable Integer steps;

  @Option(
      names = "--through-kafka",
      description =
          "Instead, learn from Omniglot's alphabets as a live stream, one after another and old ones again, through ingest, learner,"
              + " registry and subscriber on a broker of its own; with and without replay and meta-updates. Leaves figures and a plot"
              + " beside the runs.")
  private boolean throughKafka;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "With --through-kafka: sets any key of the configuration. May be repeated.")
  private List<String> assignments = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requireOptionsThatGoTogether();
    if (throughKafka) {
      options.report(throughKafka());
      return 0;
    }
    Path mnist = data.of("mnist");
    Digits training = Digits.training(mnist);
    Digits test = Digits.test(mnist);
    if (time) {
      Machine machine = Machine.here();
      StepTimes times = new StepTimes(training, test, options.quick(), options::say);
      options.report(new BenchReport("lifelong", machine, times.run()));
      return 0;
    }
    if (tune) {
      tune(training);
    } else if (drift) {
      Machine machine = Machine.here();
      DriftPlan plan = drift(Characters.read(data.of("omniglot")), test);
      RunFile<DriftOutcome> done = new RunFile<>(file("drift.jsonl"), DriftOutcome.class);
      List<Case> cases = new DriftBenchmark(plan, done, options::say).run();
      options.report(new BenchReport("lifelong", machine, cases));
    } else {
      RunFile<ProtocolScores> done = new RunFile<>(file("lifelong.jsonl"), ProtocolScores.class);
      options.report(new LifelongBenchmark(training, test, done, plan(), options::say).run());
    }
    return 0;
  }

  private Path file(String byDefault) {
    return runs == null ? Path.of("engram-state", "bench", byDefault) : runs;
  }

  /** Prints a line for every setting: there is no figure here to be proud of. */
  private void tune(Digits training) throws IOException {
    List<Long> tuningSeeds = options.quick() ? List.of(TUNING_SEED) : numbers(TUNING_SEED, 2);
    if (drift) {
      Characters characters = Characters.read(data.of("omniglot"));
      DriftPlan plan =
          options.quick()
              ? DriftPlan.tuning(characters, training, 100, 5, tuningSeeds)
              : DriftPlan.tuning(
                  characters, training, PRETRAINING, steps == null ? 2_000 : steps, tuningSeeds);
      RunFile<DriftOutcome> done = new RunFile<>(file("drift-tuning.jsonl"), DriftOutcome.class);
      DriftBenchmark bench = new DriftBenchmark(plan, done, options::say);
      bench.run();
      bench.ranking().forEach(System.out::println);
    } else {
      RunFile<ProtocolScores> done =
          new RunFile<>(file("lifelong-tuning.jsonl"), ProtocolScores.class);
      List<Protocol> tuned = options.quick() ? List.of(Protocol.ROTATIONS) : streams;
      new LifelongTuning(options.quick(), training, done, tuned, tuningSeeds, options::say)
          .run()
          .forEach(System.out::println);
    }
  }

  /** An option that would do nothing is a mistake. */
  private void requireOptionsThatGoTogether() {
    int others = (time ? 1 : 0) + (drift ? 1 : 0) + (throughKafka ? 1 : 0);
    require(others <= 1, "--time, --drift and --through-kafka are benches of their own");
    require(!tune || (!time && !throughKafka), "--tune goes with --drift or alone");
    require(drift || !given("--steps"), "--steps goes with --drift");
    require(throughKafka || !given("--set"), "--set goes with --through-kafka");
    require(others == 0 || !given("--streams"), "--streams does not go with other benches");
    require(
        (others == 0 && !tune) || !given("--learner"),
        "--learner goes with Rotations, Permutations and Many Permutations alone");
    require(!time || !given("--seeds"), "--seeds does not go with --time");
  }

  private boolean given(String option) {
    return requireNonNull(spec).commandLine().getParseResult().hasMatchedOption(option);
  }

  private void require(boolean sense, String problem) {
    if (!sense) {
      throw new ParameterException(requireNonNull(spec).commandLine(), problem);
    }
  }

  private BenchReport throughKafka() {
    try (OmniglotArchives archives =
        OmniglotArchives.open(data.of("omniglot"), OmniglotArchives.Sampling.AREA)) {
      Alphabets alphabets = Alphabets.of(archives.characters(), archives::drawing);
      LivePlan plan = options.quick() ? LivePlan.quick(assignments) : LivePlan.whole(assignments);
      Path directory =
          file("lifelong.jsonl").resolveSibling(options.quick() ? "live-quick" : "live");
      Logging.toFile(directory.resolve("engram.log"), false);
      return new ThroughKafkaBenchmark(
              alphabets, plan, numbers(FIRST_SEED, 1), directory, options::say)
          .run();
    }
  }

  private DriftPlan drift(Characters characters, Digits test) {
    return options.quick()
        ? DriftPlan.published(characters, test, 100, 100, List.of(FIRST_SEED))
        : DriftPlan.published(
            characters,
            test,
            PRETRAINING,
            steps == null ? 10_000 : steps,
            numbers(FIRST_SEED, SEEDS));
  }

  private Plan plan() {
    if (options.quick()) {
      return new Plan(
          List.of(Contestant.REPLAY, Contestant.OURS),
          List.of(Protocol.values()),
          List.of(FIRST_SEED),
          QUICK_TEST_DIGITS);
    }
    return new Plan(learners, streams, numbers(FIRST_SEED, SEEDS), ALL_TEST_DIGITS);
  }

  private List<Long> numbers(long first, int byDefault) {
    int count = seeds == null ? byDefault : seeds;
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(first + i);
    }
    return numbers;
  }

  @Override
  public String parent() {
    return "bench";
  }
}
