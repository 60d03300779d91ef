package io.engram.experiments.stream;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.learning.Durations;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.role.SourceSettings.Opened;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.core.learning.TaskSettings;
import io.engram.core.network.Head;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.model.Measure;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Scores over the first and the last window of a stream's tasks, beside θ₀ and nearest neighbour. */
final class StreamBenchmark {

  private static final long REPORT_EVERY_NANOS = 15_000_000_000L;

  private final Settings settings;
  private final ExampleSource source;
  private final int tasks;
  private final @Nullable Double goal;
  private final Consumer<String> progress;

  /**
   * A run.
   *
   * @param layers the configuration without what the source's data tells
   * @param tasks how many the source sends
   * @param goal least per cent in the last window, or null
   */
  StreamBenchmark(Layers layers, int tasks, @Nullable Double goal, Consumer<String> progress) {
    Opened opened =
        SourceSettings.open(Settings.load(layers), InputStream.nullInputStream(), progress);
    this.settings = Settings.load(layers.withDerived(opened.derived()));
    this.source = opened.source();
    this.tasks = tasks;
    this.goal = goal;
    this.progress = progress;
  }

  BenchReport run() {
    Machine machine = Machine.here();
    TaskSettings learner = LearnerSettings.ofTasks(settings);
    progress.accept(source.description());
    progress.accept(learner.inWords());
    long start = System.nanoTime();
    PrequentialScores scores;
    try (source;
        Cursor cursor = source.open(0);
        MetaProgram program = new FusedEngine().compile(learner.network())) {
      scores = show(cursor, LearnerAlone.ofTasks(learner, program), start);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    boolean regression = learner.network().head() == Head.MEAN_SQUARED_ERROR;
    return new BenchReport("stream", machine, cases(scores, regression, seconds));
  }

  private PrequentialScores show(Cursor cursor, LearnerAlone<?, ?> learner, long start) {
    int examples = settings.section("ingest.grouping").integer("size");
    TaskStream stream = new TaskStream(cursor, examples);
    long reported = start;
    int shown = 0;
    for (Task task = stream.next(); task != null; task = stream.next()) {
      learner.show(task);
      shown++;
      long now = System.nanoTime();
      if (now - reported >= REPORT_EVERY_NANOS) {
        reported = now;
        progress.accept(line(learner.scores().lastWindow(), shown, (now - start) / 1e9));
      }
    }
    return learner.scores();
  }

  private String line(ScoreWindow last, int shown, double seconds) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d tasks, last %d: %.4f, %s left",
        shown,
        tasks,
        last.tasks(),
        last.model(),
        Durations.of(seconds / shown * (tasks - shown)));
  }

  private List<Case> cases(PrequentialScores scores, boolean regression, double seconds) {
    ScoreWindow first = scores.firstWindow();
    ScoreWindow last = scores.lastWindow();
    double factor = regression ? 1 : 100;
    String unit = regression ? Measure.SQUARED_ERROR.key() : "%";
    String window = "last %,d of %,d tasks".formatted(last.tasks(), scores.tasks());
    List<Case> cases = new ArrayList<>();
    cases.add(
        Case.of(
            "first %,d tasks".formatted(first.tasks()),
            "learner",
            factor * first.model(),
            unit,
            ""));
    cases.add(
        Case.of(window, "learner", factor * last.model(), unit)
            .versus(ScoreColumn.UNTRAINED.words(), last.model() / last.untrained())
            .goal(
                goal == null ? null : ">= %s %%".formatted(goal),
                goal == null ? null : factor * last.model() >= goal));
    for (ScoreColumn column : ScoreColumn.values()) {
      double score = last.of(column);
      if (column != ScoreColumn.MODEL && (column.always() || !regression)) {
        cases.add(Case.of(window, column.words(), factor * score, unit, ""));
      }
    }
    cases.add(Case.of("all", "duration", seconds, "s", Durations.of(seconds)));
    return cases;
  }
}
