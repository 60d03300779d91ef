package io.engram.experiments.tables;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.role.SourceSettings.Opened;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.TaskSettings;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.experiments.stream.LearnerAlone;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What {@code engram run --source csv} learns from the same tasks, as it is set without being told anything, or with another algorithm. */
final class PresetLearner {

  /** The preset as it is. */
  static final String NAME = "engram";

  /** What the preset was before there was a learner of tables. */
  static final String BEFORE = "fomaml";

  private final Path directory;
  private final KeyedStream stream;

  PresetLearner(Path directory, KeyedStream stream) {
    this.directory = directory;
    this.stream = stream;
  }

  /** Scores every task, from before it was learned from, by the preset and by what it was; the last few, which make no whole group, have none. */
  void score(Outcome outcome) {
    put(NAME, learned(layers()).firstScores(), outcome);
    put(
        BEFORE,
        learned(layers().withAssignment("learner.algorithm=fomaml")).firstScores(),
        outcome);
  }

  private void put(String name, List<TaskScore> scores, Outcome outcome) {
    for (int i = 0; i < scores.size(); i++) {
      double score = scores.get(i).model();
      outcome.put(name, outcome.main(), i, stream.classes() ? 1 - score : score);
    }
  }

  private Layers layers() {
    return Layers.none()
        .withPreset("csv")
        .withAssignment("source.csv.file=" + directory.resolve(stream.name() + ".csv.gz"))
        .withAssignment("source.csv.key=key")
        .withAssignment("source.csv.label=label")
        .withAssignment("source.csv.kind=" + (stream.classes() ? "classification" : "regression"))
        .withAssignment("source.csv.missing=mean")
        .withAssignment("learner.score-untrained=false")
        .withAssignment("learner.window=" + stream.tasks().size());
  }

  private PrequentialScores learned(Layers layers) {
    Opened opened =
        SourceSettings.open(Settings.load(layers), InputStream.nullInputStream(), line -> {});
    opened.source().close(); // only its columns were wanted
    return LearnerSettings.lifelong(Settings.load(layers.withDerived(opened.derived())))
        .either(
            this::learned,
            ofStream -> {
              throw new IllegalStateException("the preset for tables learns from tasks");
            },
            ofTables -> shown(LearnerAlone.ofTables(ofTables)));
  }

  private PrequentialScores learned(TaskSettings settings) {
    try (MetaProgram program = new FusedEngine().compile(settings.network())) {
      return shown(LearnerAlone.ofTasks(settings, program));
    }
  }

  private PrequentialScores shown(LearnerAlone<?, ?> learner) {
    ColumnMeans means = new ColumnMeans(stream.columns());
    for (int i = 0; i < stream.tasks().size(); i++) {
      KeyedTask task = stream.tasks().get(i);
      learner.show(
          task(i, stream.ways(), means.filled(task.support()), means.filled(task.query())));
    }
    return learner.scores();
  }

  private static Task task(int number, int ways, ExampleSet support, ExampleSet query) {
    List<String> classes = IntStream.range(0, ways).mapToObj(Integer::toString).toList();
    String id = Integer.toString(number);
    return new Task(id, id, classes, support, query, 0);
  }
}
