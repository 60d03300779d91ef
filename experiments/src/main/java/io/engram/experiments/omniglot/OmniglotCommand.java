package io.engram.experiments.omniglot;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.DataDirectory;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.learning.RunOptions;
import io.engram.cli.AddedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench omniglot}. */
@Command(
    name = "omniglot",
    description = {
      "Few-shot accuracy on Omniglot, beside published figures: Reptile by its published recipe (about an hour on two free cores), and "
          + "exact MAML beside first order (about 20 minutes). Interrupted, it goes on from its checkpoints."
    },
    mixinStandardHelpOptions = true)
public final class OmniglotCommand implements AddedCommand, Callable<Integer> {

  private static final int JUDGED = 5000;
  private static final int QUICK_JUDGED = 20;
  private static final int REPTILE_QUICK_STEPS = 30;
  private static final int MAML_STEPS = 8000;
  private static final int MAML_QUICK_STEPS = 12;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "reptile, or maml (exact, beside first order). Default: both.")
  private @Nullable Recipe recipe;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Outer steps. Default: "
              + ReptileRecipe.PUBLISHED_STEPS
              + " for reptile, as published; "
              + MAML_STEPS
              + " for maml.")
  private @Nullable Long steps;

  enum Recipe {
    REPTILE,
    MAML
  }

  @Override
  public Integer call() {
    Machine machine = Machine.here();
    Path directory = data.of("omniglot");
    Path state = options.quick() ? null : run.state();
    int judged = options.quick() ? QUICK_JUDGED : run.judged(JUDGED);
    List<Case> cases = new ArrayList<>();
    if (recipe != Recipe.MAML) {
      long taken = steps(REPTILE_QUICK_STEPS, ReptileRecipe.PUBLISHED_STEPS);
      cases.addAll(
          new ReptileOmniglot(taken, run.seed(), judged, state, options::say).run(directory));
    }
    if (recipe != Recipe.REPTILE) {
      long taken = steps(MAML_QUICK_STEPS, MAML_STEPS);
      cases.addAll(
          new OrderOmniglot(taken, run.seed(), judged, state, options::say).run(directory));
    }
    options.report(new BenchReport("omniglot", machine, cases));
    return 0;
  }

  private long steps(long quickly, long whole) {
    if (steps != null) {
      return steps;
    }
    return options.quick() ? quickly : whole;
  }

  @Override
  public String parent() {
    return "bench";
  }
}
