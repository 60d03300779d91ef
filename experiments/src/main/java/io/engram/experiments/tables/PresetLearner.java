package io.engram.experiments.tables;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskSettings;
import io.engram.core.tables.Question;
import io.engram.core.tables.TableModel;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.experiments.stream.LearnerAlone;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What {@code engram run --source csv} learns from the same tasks, as it is set without being told anything, or with another algorithm. */
final class PresetLearner {

  /** The preset as it is. */
  static final String NAME = "engram";

  /** What the preset was before there was a learner of tables. */
  static final String BEFORE = "fomaml";

  private static final int SPARE_CLASSES = 4;

  private final KeyedStream stream;

  PresetLearner(KeyedStream stream) {
    this.stream = stream;
  }

  /** Scores every task, from before it was learned from, by the preset and by what it was. */
  void score(Outcome outcome) {
    TableSettings settings =
        settings(preset(), "")
            .either(
                ofTasks -> Optional.<TableSettings>empty(),
                ofStream -> Optional.<TableSettings>empty(),
                Optional::of)
            .orElseThrow();
    tables(settings, outcome);
    LifelongSettings before = settings(before(), "dense(64) relu dense(64) relu ");
    List<TaskScore> scores =
        before
            .either(
                ofTasks -> Optional.of(learned(ofTasks)),
                ofStream -> Optional.<PrequentialScores>empty(),
                ofTables -> Optional.<PrequentialScores>empty())
            .orElseThrow()
            .firstScores();
    for (int i = 0; i < scores.size(); i++) {
      double score = scores.get(i).model();
      outcome.put(BEFORE, outcome.main(), i, stream.classes() ? 1 - score : score);
    }
  }

  /** Each task is asked of the model as a consumer holds it, before it is shown. */
  private void tables(TableSettings settings, Outcome outcome) {
    LearnerAlone<TableState, TableOutcome> learner = LearnerAlone.ofTables(settings);
    ColumnMeans means = new ColumnMeans(stream.columns());
    Calibration calibration = new Calibration();
    double covered = 0;
    long asked = 0;
    int first = outcome.first();
    long start = System.nanoTime();
    for (int i = 0; i < stream.tasks().size(); i++) {
      KeyedTask task = stream.tasks().get(i);
      ExampleSet support = means.filled(task.support());
      ExampleSet query = means.filled(task.query());
      TableModel model = learner.state().model();
      Question question = model.ask(support, query);
      double[][][] experts = model.expertAnswers(question);
      double[][] answers = model.inStreamUnits(question, model.pooled(experts));
      for (Loss loss : outcome.kinds()) {
        outcome.put(NAME, loss, i, loss.of(answers, query.targets()));
      }
      if (i >= first && query.targets() instanceof Targets.Classes truth) {
        calibration.add(answers, truth);
      } else if (i >= first && query.targets() instanceof Targets.Values truth) {
        double[][] halves = model.halfWidths(question, experts, ScoreColumn.COVERED_LEVEL);
        for (int q = 0; q < answers.length; q++) {
          covered += Math.abs(answers[q][0] - truth.values()[q]) <= halves[q][0] ? 1 : 0;
          asked++;
        }
      }
      learner.show(task(i, stream.ways(), support, query));
    }
    outcome.say(
        "ms a task, answering and learning",
        (System.nanoTime() - start) / 1e6 / stream.tasks().size());
    if (stream.classes()) {
      outcome.say("expected calibration error", calibration.error());
    } else {
      outcome.say("within 80 % intervals", covered / asked);
    }
  }

  private Layers before() {
    Layers layers = preset().withAssignment("learner.algorithm=fomaml");
    return stream.classes()
        ? layers
        : layers
            .withAssignment("learner.inner-step-size=0.02")
            .withAssignment("learner.inner-steps=5");
  }

  private Layers preset() {
    return Layers.none()
        .withPreset("csv")
        .withAssignment("learner.score-untrained=false")
        .withAssignment("learner.held-out.share=0") // scores are asked here, not versions
        .withAssignment("learner.window=" + stream.tasks().size());
  }

  /** As the source would have it: with room for classes that come late. */
  private LifelongSettings settings(Layers layers, String hidden) {
    String head =
        stream.classes()
            ? "dense(%d) softmax".formatted(stream.ways() + SPARE_CLASSES)
            : "dense(1) mse";
    return LearnerSettings.lifelong(
        Settings.load(
            layers.withAssignment(
                "learner.network=input(%d) %s%s".formatted(stream.columns(), hidden, head))));
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
