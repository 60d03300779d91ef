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
          + "exact MAML beside first order (about 20 minutes); proto and r2d2, heads in closed form, only where they are asked for. Interrupted, it goes on from its checkpoints."
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
      description =
          "reptile, maml (exact, beside first order), proto or r2d2. Default: reptile and maml.")
  private @Nullable Recipe recipe;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Outer steps. Default: "
              + ReptileRecipe.PUBLISHED_STEPS
              + " for reptile, as published; "
              + MAML_STEPS
              + " for the others.")
  private @Nullable Long steps;

  enum Recipe {
    REPTILE,
    MAML,
    PROTO,
    R2D2;

    /** The learners it trains, beside Reptile's own. */
    List<Order> orders() {
      return switch (this) {
        case REPTILE -> List.of();
        case MAML -> List.of(Order.MAML, Order.FIRST_ORDER, Order.FIRST_ORDER_SAME_LOOP);
        case PROTO -> List.of(Order.PROTO);
        case R2D2 -> List.of(Order.R2D2);
      };
    }
  }

  @Override
  public Integer call() {
    Machine machine = Machine.here();
    Path directory = data.of("omniglot");
    Path state = options.quick() ? null : run.state();
    int judged = options.quick() ? QUICK_JUDGED : run.judged(JUDGED);
    List<Case> cases = new ArrayList<>();
    if (recipe == null || recipe == Recipe.REPTILE) {
      long taken = steps(REPTILE_QUICK_STEPS, ReptileRecipe.PUBLISHED_STEPS);
      cases.addAll(
          new ReptileOmniglot(taken, run.seed(), judged, state, options::say).run(directory));
    }
    List<Order> orders = recipe == null ? Recipe.MAML.orders() : recipe.orders();
    if (!orders.isEmpty()) {
      long taken = steps(MAML_QUICK_STEPS, MAML_STEPS);
      cases.addAll(
          new OrderOmniglot(orders, taken, run.seed(), judged, state, options::say).run(directory));
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
