package io.engram.experiments.omniglot;

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
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import io.engram.engine.fused.FusedEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reptile by its published recipe, judged as published: 1 and 5 shots, with and without transduction. */
final class ReptileOmniglot {

  private static final int CHECKPOINT_EVERY = 500;

  private final TrainingPlan plan;
  private final int judged;
  private final @Nullable Path state;
  private final Consumer<String> progress;

  /**
   * A run.
   *
   * @param judged test tasks of each kind
   * @param state directory of the checkpoint, or null for none
   */
  ReptileOmniglot(
      long steps, long seed, int judged, @Nullable Path state, Consumer<String> progress) {
    this.plan = ReptileRecipe.plan(steps, seed);
    this.judged = judged;
    this.state = state;
    this.progress = progress;
  }

  List<Case> run(Path directory) {
    progress.accept(plan.describe().stripTrailing());
    try (OmniglotArchives archives =
            OmniglotArchives.open(directory, OmniglotArchives.Sampling.NEAREST);
        MetaProgram program = new FusedEngine().compile(plan.network())) {
      CharacterSplit split = CharacterSplit.of(archives.characters());
      Trained trained = train(program, new CharacterTasks(archives::drawing, split.train(), 4, 5));
      List<Case> cases = new ArrayList<>();
      cases.add(
          Case.of(
              "reptile",
              "training, %,d outer steps".formatted(plan.length().steps()),
              trained.seconds(),
              "s",
              Durations.of(trained.seconds())));
      CharacterTasks test =
          new CharacterTasks(archives::drawing, split.test(), 1, ReptileRecipe.WAYS);
      cases.addAll(judge(program, trained, test, 1, 95.39, 97.68));
      cases.addAll(judge(program, trained, test, 5, 98.90, 99.48));
      return cases;
    }
  }

  private Trained train(MetaProgram program, CharacterTasks tasks) {
    Path checkpoint = state == null ? null : state.resolve(plan.name() + ".checkpoint");
    return new MetaRun(
            plan, program, step -> batch(tasks, step), checkpoint, CHECKPOINT_EVERY, progress)
        .train();
  }

  private List<Episode> batch(CharacterTasks tasks, long step) {
    List<Episode> batch = new ArrayList<>(plan.length().metaBatch());
    for (int i = 0; i < plan.length().metaBatch(); i++) {
      long seed = Seeds.derive(plan.seed(), Purpose.STREAM, step, i);
      batch.add(tasks.draw(ReptileRecipe.TRAIN_SHOTS, 0, seed));
    }
    return batch;
  }

  private List<Case> judge(
      MetaProgram program,
      Trained trained,
      CharacterTasks test,
      int shots,
      double published,
      double publishedTransductive) {
    String name = "reptile 5-way %d-shot".formatted(shots);
    InnerLoop loop = ReptileRecipe.judged(trained.carried());
    Map<NormalizationMode, Mean> means =
        new Trial(program, progress)
            .run(
                name,
                trained.state().theta(),
                loop,
                i -> test.draw(shots, 1, Seeds.derive(plan.seed(), Purpose.SCORING, shots, i)),
                judged,
                Accuracy.ALL_RIGHT,
                List.of(NormalizationMode.NON_TRANSDUCTIVE, NormalizationMode.TRANSDUCTIVE));
    means.forEach((mode, mean) -> progress.accept(Accuracy.say(name, mode, mean)));
    List<Case> cases = new ArrayList<>();
    means.forEach(
        (mode, mean) ->
            cases.add(
                Accuracy.beside(
                    name,
                    mode,
                    mean,
                    mode == NormalizationMode.TRANSDUCTIVE ? publishedTransductive : published)));
    return cases;
  }
}
