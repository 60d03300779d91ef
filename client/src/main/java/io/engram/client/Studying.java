package io.engram.client;

import io.engram.client.EffortCurve.Effort;
import io.engram.core.algebra.PrincipalComponents;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.network.InitialParameters;
import io.engram.core.task.Task;
import io.engram.model.Adaptation;
import io.engram.model.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One study of one version. */
final class Studying {

  /** Efforts that curves are drawn at, as far as a task or a version has them. */
  private static final List<Integer> EFFORTS = List.of(1, 2, 3, 5, 10, 20, 50, 100, 200, 500);

  /** Beyond so many steps nobody asks whether twice as many are better. */
  private static final int MANY_STEPS = 50;

  private static final int AXES = 2;

  private final TaskScoring scoring;
  private final Model model;
  private final StudyConfig config;

  Studying(Workbenches benches, Model model, StudyConfig config) {
    this.scoring = new TaskScoring(benches, Measure.of(model.labelSpace()));
    this.model = model;
    this.config = config;
  }

  /**
   * Studies.
   *
   * @param newestFirst those that do not fit are passed over
   */
  Study of(List<Task> newestFirst) {
    List<StudiedTask> tasks = fitting(newestFirst);
    int rows = medianRows(tasks);
    EffortCurve byRows = byRows(rows);
    Optional<EffortCurve> bySteps = bySteps(rows);
    long until = until(config.budget());
    tasks.stream()
        .filter(it -> it.rows() >= rows)
        .limit(config.curveTasks())
        .takeWhile(it -> byRows.tasks() == 0 || System.nanoTime() < until)
        .forEach(
            it -> {
              byRows.add(it);
              bySteps.ifPresent(curve -> curve.add(it));
            });
    return new Study(
        scoring.measure(),
        byRows.tasks(),
        byRows.drawn(),
        bySteps.flatMap(EffortCurve::drawn),
        places(tasks));
  }

  private List<StudiedTask> fitting(List<Task> tasks) {
    List<StudiedTask> fitting = new ArrayList<>();
    for (Task task : tasks) {
      StudiedTask.of(model, task).ifPresent(fitting::add);
    }
    return fitting;
  }

  private static int medianRows(List<StudiedTask> tasks) {
    int[] rows = tasks.stream().mapToInt(StudiedTask::rows).sorted().toArray();
    return rows.length == 0 ? 0 : rows[rows.length / 2];
  }

  private EffortCurve byRows(int all) {
    List<Integer> x = upTo(all);
    if (model.usableAsItIs()) {
      x.add(0, 0);
    }
    Optional<Model> untrained = untrained();
    return new EffortCurve(scoring, new Effort(x, rows -> rows, rows -> model, rows -> untrained));
  }

  private Optional<EffortCurve> bySteps(int all) {
    if (!(model.adaptation() instanceof Adaptation.GradientSteps by)) {
      return Optional.empty();
    }
    InnerLoop loop = by.loop();
    List<Integer> x = upTo(loop.steps());
    x.add(0, 0);
    if (loop.steps() <= MANY_STEPS) {
      x.add(2 * loop.steps());
    }
    Optional<Model> untrained = untrained();
    return Optional.of(
        new EffortCurve(
            scoring,
            new Effort(
                x,
                steps -> all,
                steps -> model.starting(model.theta(), loop.withSteps(steps)),
                steps -> untrained.map(it -> it.starting(it.theta(), loop.withSteps(steps))))));
  }

  /** The same network before any learning, from where its lineage says that it began; none where rows alone make the answer. */
  private Optional<Model> untrained() {
    if (!(model.adaptation() instanceof Adaptation.GradientSteps by)) {
      return Optional.empty();
    }
    boolean zeroHead =
        model.sharedManifest().getLineage().getHyperParameters().values().stream()
            .anyMatch(it -> it.contains("zeroHead=true"));
    long seed = model.sharedManifest().getLineage().getSeed();
    float[] start = InitialParameters.of(model.network(), seed, zeroHead);
    return Optional.of(model.starting(start, by.loop()));
  }

  private List<Study.Place> places(List<StudiedTask> tasks) {
    double[][] at =
        PrincipalComponents.project(
            tasks.stream().map(StudiedTask::place).toArray(float[][]::new), AXES);
    long until = until(config.budget());
    List<Study.Place> places = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      StudiedTask task = tasks.get(i);
      double score =
          System.nanoTime() < until ? scoring.orWorst(model, task, task.rows()) : Double.NaN;
      places.add(new Study.Place(task.key(), at[i][0], at[i][1], score));
    }
    return places;
  }

  private static List<Integer> upTo(int most) {
    TreeSet<Integer> efforts = new TreeSet<>(EFFORTS);
    efforts.removeIf(it -> it > most);
    if (most > 0) {
      efforts.add(most);
    }
    return new ArrayList<>(efforts);
  }

  private static long until(Duration budget) {
    return System.nanoTime() + budget.toNanos();
  }
}
