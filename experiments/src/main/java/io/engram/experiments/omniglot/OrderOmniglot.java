package io.engram.experiments.omniglot;

import static java.util.Objects.requireNonNull;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.learning.CharacterTasks;
import io.engram.benchmarks.learning.Durations;
import io.engram.benchmarks.learning.Mean;
import io.engram.benchmarks.learning.MetaRun;
import io.engram.benchmarks.learning.MetaRun.Trained;
import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.benchmarks.learning.Trial;
import io.engram.cli.source.omniglot.CharacterSplit;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import io.engram.engine.fused.FusedEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Learners side by side, at equal outer steps, on characters that none has seen. */
final class OrderOmniglot {

  private static final int CHECKPOINT_EVERY = 250;
  private static final int JUDGED_QUERIES = 5;
  private static final List<NormalizationMode> MODES =
      List.of(NormalizationMode.NON_TRANSDUCTIVE, NormalizationMode.TRANSDUCTIVE);

  private final List<Order> orders;
  private final long steps;
  private final long seed;
  private final int judged;
  private final @Nullable Path state;
  private final Consumer<String> progress;

  /**
   * A run.
   *
   * @param orders the learners; MAML stands beside first order
   * @param judged test tasks
   * @param state directory of the checkpoints, or null for none
   */
  OrderOmniglot(
      List<Order> orders,
      long steps,
      long seed,
      int judged,
      @Nullable Path state,
      Consumer<String> progress) {
    this.orders = List.copyOf(orders);
    this.steps = steps;
    this.seed = seed;
    this.judged = judged;
    this.state = state;
    this.progress = progress;
  }

  List<Case> run(Path directory) {
    List<Case> cases = new ArrayList<>();
    Map<Order, Map<NormalizationMode, Mean>> accuracies = new EnumMap<>(Order.class);
    try (OmniglotArchives archives =
        OmniglotArchives.open(directory, OmniglotArchives.Sampling.AREA)) {
      CharacterSplit split = CharacterSplit.of(archives.characters());
      CharacterTasks train = new CharacterTasks(archives::drawing, split.train(), 4, Order.WAYS);
      CharacterTasks test = new CharacterTasks(archives::drawing, split.test(), 1, Order.WAYS);
      for (Order order : orders) {
        TrainingPlan plan = order.plan(steps, seed);
        progress.accept(plan.name() + "\n" + plan.describe().stripTrailing());
        try (MetaProgram program = new FusedEngine().compile(plan.network())) {
          Trained trained = train(plan, program, train);
          cases.add(
              Case.of(
                  order.label(),
                  "training, %,d outer steps".formatted(steps),
                  trained.seconds(),
                  "s",
                  Durations.of(trained.seconds())));
          Map<NormalizationMode, Mean> found = judge(order, program, trained, test);
          accuracies.put(order, found);
          found.forEach((mode, mean) -> progress.accept(Accuracy.say(order.label(), mode, mean)));
        }
      }
    }
    accuracies.forEach(
        (order, found) ->
            found.forEach((mode, mean) -> cases.add(line(order, mode, mean, accuracies))));
    return cases;
  }

  private Trained train(TrainingPlan plan, MetaProgram program, CharacterTasks tasks) {
    Path checkpoint = state == null ? null : state.resolve(plan.name() + ".checkpoint");
    return new MetaRun(
            plan, program, step -> batch(plan, tasks, step), checkpoint, CHECKPOINT_EVERY, progress)
        .train();
  }

  private static List<Episode> batch(TrainingPlan plan, CharacterTasks tasks, long step) {
    List<Episode> batch = new ArrayList<>(plan.length().metaBatch());
    for (int i = 0; i < plan.length().metaBatch(); i++) {
      long draw = Seeds.derive(plan.seed(), Purpose.STREAM, step, i);
      batch.add(tasks.draw(Order.SHOTS, Order.TRAIN_QUERIES, draw));
    }
    return batch;
  }

  private Map<NormalizationMode, Mean> judge(
      Order order, MetaProgram program, Trained trained, CharacterTasks test) {
    return new Trial(program, progress)
        .run(
            order.label(),
            trained.state().theta(),
            order.loop(),
            i -> test.draw(Order.SHOTS, JUDGED_QUERIES, Seeds.derive(seed, Purpose.SCORING, 0, i)),
            judged,
            Accuracy.ALL_RIGHT,
            MODES);
  }

  /** MAML should beat first order where first order is at its best. */
  private static Case line(
      Order order,
      NormalizationMode mode,
      Mean mean,
      Map<Order, Map<NormalizationMode, Mean>> accuracies) {
    String name = order.label() + " 5-way 1-shot";
    if (order != Order.MAML) {
      return Accuracy.of(name, mode, mean);
    }
    Mean first = requireNonNull(requireNonNull(accuracies.get(Order.FIRST_ORDER)).get(mode));
    return Accuracy.above(name, mode, mean, Order.FIRST_ORDER.label(), first);
  }
}
