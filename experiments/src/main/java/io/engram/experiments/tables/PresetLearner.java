package io.engram.experiments.tables;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.role.SourceSettings.Opened;
import io.engram.core.compute.episode.MetaProgram;
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

/** What {@code engram run --source csv} learns from the same tasks, as it is set without being told anything. */
final class PresetLearner {

  static final String NAME = "preset";

  private PresetLearner() {}

  /** Scores every task of a stream, from before it was learned from; the last few, which make no whole group, have none. */
  static void score(Path directory, KeyedStream stream, Outcome outcome) {
    Layers layers =
        Layers.none()
            .withPreset("csv")
            .withAssignment("source.csv.file=" + directory.resolve(stream.name() + ".csv.gz"))
            .withAssignment("source.csv.key=key")
            .withAssignment("source.csv.label=label")
            .withAssignment(
                "source.csv.kind=" + (stream.classes() ? "classification" : "regression"))
            .withAssignment("source.csv.missing=mean")
            .withAssignment("learner.score-untrained=false")
            .withAssignment("learner.held-out.share=0") // scores are asked here, not versions
            .withAssignment("learner.window=" + stream.tasks().size());
    Opened opened =
        SourceSettings.open(Settings.load(layers), InputStream.nullInputStream(), line -> {});
    TaskSettings settings =
        LearnerSettings.ofTasks(Settings.load(layers.withDerived(opened.derived())));
    List<TaskScore> scores;
    opened.source().close(); // only its columns were wanted
    try (MetaProgram program = new FusedEngine().compile(settings.network())) {
      LearnerAlone learner = new LearnerAlone(settings, program);
      ColumnMeans means = new ColumnMeans(stream.columns());
      for (int i = 0; i < stream.tasks().size(); i++) {
        KeyedTask task = stream.tasks().get(i);
        learner.show(
            task(i, stream.ways(), means.filled(task.support()), means.filled(task.query())));
      }
      scores = learner.scores().firstScores();
    }
    for (int i = 0; i < scores.size(); i++) {
      double score = scores.get(i).model();
      outcome.put(NAME, outcome.main(), i, stream.classes() ? 1 - score : score);
    }
  }

  private static Task task(int number, int ways, ExampleSet support, ExampleSet query) {
    List<String> classes = IntStream.range(0, ways).mapToObj(Integer::toString).toList();
    String id = Integer.toString(number);
    return new Task(id, id, classes, support, query, 0);
  }
}
