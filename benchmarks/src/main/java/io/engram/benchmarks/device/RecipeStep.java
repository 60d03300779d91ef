package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.learning.CharacterTasks;
import io.engram.benchmarks.learning.Mean;
import io.engram.benchmarks.learning.MetaRun;
import io.engram.benchmarks.learning.MetaRun.Trained;
import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.benchmarks.learning.Trial;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.meta.MetaState;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains by {@link MamlRecipe} as far as the budget reaches, keeps a checkpoint beside the results from which the next call goes on, and judges
 * what there is on test tasks that are always the same.
 */
final class RecipeStep implements Step {

  /** Where the training goes on. */
  static final String CHECKPOINT = "recipe.checkpoint";

  private static final int CHECKPOINT_EVERY = 500;
  private static final int AHEAD = 32;
  private static final int MOST_DRAWING = 4;
  private static final double JUDGING_SHARE = 0.15;
  private static final double JUDGING_SECONDS = 20;
  private static final int QUICK_JUDGED = 50;
  private static final double GOAL = 98.0;
  private static final double PUBLISHED = 98.7;

  @Override
  public void run(StepContext context) {
    Budget budget = context.budget();
    Budget training =
        budget.part(budget.left() - Math.min(JUDGING_SECONDS, JUDGING_SHARE * budget.left()));
    PackedDrawings drawings = PackedDrawings.in(context.places().data().of("omniglot")).inverted();
    VinyalsSplit split = VinyalsSplit.of(drawings.characters());
    RecipeOptions options = context.recipe();
    TrainingPlan plan = MamlRecipe.plan(options.steps(), options.cosine(), options.seed());
    context.say().accept(plan.describe().stripTrailing());
    try (MetaProgram program = context.open().compile(plan.network())) {
      Trained trained = train(context, plan, program, tasks(drawings, split.train()), training);
      judge(context, plan, program, trained.state(), tasks(drawings, split.test()));
    }
  }

  private static CharacterTasks tasks(PackedDrawings drawings, List<String> characters) {
    return new CharacterTasks(drawings, characters, MamlRecipe.ROTATIONS, MamlRecipe.WAYS);
  }

  private static Trained train(
      StepContext context,
      TrainingPlan plan,
      MetaProgram program,
      CharacterTasks tasks,
      Budget training) {
    Path checkpoint = context.places().out().resolve(CHECKPOINT);
    int drawing = Math.max(1, Math.min(MOST_DRAWING, context.threads() - 1));
    double began = training.left();
    try (AheadOfTime ahead = new AheadOfTime(step -> batch(plan, tasks, step), drawing, AHEAD)) {
      MetaRun run = new MetaRun(plan, program, ahead, checkpoint, CHECKPOINT_EVERY, context.say());
      long[] asked = {0};
      Trained trained =
          run.train(
              () -> {
                asked[0]++;
                return !training.over();
              });
      long taken = trained.state().updates() == plan.length().steps() ? asked[0] : asked[0] - 1;
      double seconds = began - training.left();
      String spread =
          String.format(Locale.ROOT, "%,d steps in %.1f s of this call", taken, seconds);
      context
          .cases()
          .addAll(
              List.of(
                  Case.of(
                      "maml recipe",
                      "outer steps so far",
                      (double) trained.state().updates(),
                      "",
                      ""),
                  Case.of("maml recipe", "training so far", trained.seconds(), "s", ""),
                  Case.of("maml recipe", "outer steps a second", taken / seconds, "/s", spread)));
      return trained;
    }
  }

  private static List<Episode> batch(TrainingPlan plan, CharacterTasks tasks, long step) {
    List<Episode> batch = new ArrayList<>(plan.length().metaBatch());
    for (int i = 0; i < plan.length().metaBatch(); i++) {
      long seed = Seeds.derive(plan.seed(), Purpose.STREAM, step, i);
      batch.add(tasks.draw(MamlRecipe.SHOTS, MamlRecipe.QUERIES, seed));
    }
    return batch;
  }

  private static void judge(
      StepContext context,
      TrainingPlan plan,
      MetaProgram program,
      MetaState state,
      CharacterTasks test) {
    int judged =
        context.quick()
            ? Math.min(QUICK_JUDGED, context.recipe().judged())
            : context.recipe().judged();
    Map<NormalizationMode, Mean> means =
        new Trial(program, context.say())
            .run(
                "maml recipe",
                state.theta(),
                MamlRecipe.judged(),
                i ->
                    test.draw(
                        MamlRecipe.SHOTS,
                        MamlRecipe.QUERIES,
                        Seeds.derive(plan.seed(), Purpose.SCORING, MamlRecipe.SHOTS, i)),
                judged,
                1,
                List.of(NormalizationMode.TRANSDUCTIVE, NormalizationMode.NON_TRANSDUCTIVE));
    means.forEach((mode, mean) -> context.cases().add(line(mode, mean, state.updates())));
  }

  private static Case line(NormalizationMode mode, Mean accuracy, long updates) {
    Mean percent = accuracy.times(100);
    boolean published = mode == NormalizationMode.TRANSDUCTIVE;
    return Case.of(
            "maml recipe, %,d steps".formatted(updates),
            published ? "accuracy, transductive" : "accuracy, non-transductive",
            percent.value(),
            "%",
            percent.spread())
        .versus(
            published ? "published " + PUBLISHED : null,
            published ? percent.value() / PUBLISHED : null)
        .goal(published ? ">= " + GOAL + " %" : null, published ? percent.value() >= GOAL : null);
  }
}
