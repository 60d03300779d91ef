package io.engram.client;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.learning.tasks.BoardScores;
import io.engram.core.memory.TaskEmbedding;
import io.engram.core.tables.Question;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Task;
import io.engram.model.Adaptation;
import io.engram.schemas.avro.LabelSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task that fits a version: its rows as a user would have them.
 *
 * @param place where it lies among others
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StudiedTask(String key, Model model, SupportSet support, SupportSet query, float[] place) {

  /** Takes a task; nothing where it is of another shape, or of classes that the version does not know. */
  static Optional<StudiedTask> of(Model model, Task task) {
    try {
      SupportSet support = TaskScoring.support(task);
      SupportSet query = TaskScoring.query(task);
      if (support instanceof SupportSet.Labeled labeled) {
        UserEpisodes.classes(model, labeled);
      }
      ExampleSet all = scaled(model, TaskExamples.of(task, List.of(task.support(), task.query())));
      float[] place = TaskEmbedding.of(all).centre();
      return Optional.of(new StudiedTask(task.key(), model, support, query, place));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** How many rows there are to adapt on. */
  int rows() {
    return support.size();
  }

  /** The first of its rows to adapt on. */
  SupportSet first(int rows) {
    if (support instanceof SupportSet.Labeled it) {
      return new SupportSet.Labeled(it.features().subList(0, rows), it.labels().subList(0, rows));
    }
    SupportSet.Measured it = (SupportSet.Measured) support;
    return new SupportSet.Measured(it.features().subList(0, rows), it.targets().subList(0, rows));
  }

  /** What simple answers score with the first rows, at least one, on the model's scale and told in the stream's units. */
  Map<ScoreColumn, Double> simple(int rows) {
    List<String> classes = classes(model, support, query);
    ExampleSet known = scaled(model, first(rows), classes);
    ExampleSet asked = scaled(model, query, classes);
    if (model.adaptation() instanceof Adaptation.ByTable table) {
      Question question = table.model().ask(known, asked);
      Episode measured = question.measured(known.targets(), asked.targets());
      return BoardScores.of(measured, question.scale().labelDeviation());
    }
    return BoardScores.of(new Episode(known, asked, 0), model.targetScale().deviation());
  }

  private static ExampleSet scaled(Model model, SupportSet examples) {
    return scaled(model, examples, classes(model, examples, examples));
  }

  private static ExampleSet scaled(Model model, SupportSet examples, List<String> classes) {
    return examples instanceof SupportSet.Labeled labeled
        ? UserEpisodes.support(model, labeled, classes)
        : UserEpisodes.support(model, (SupportSet.Measured) examples);
  }

  /** Output i being class i; empty of numbers. */
  private static List<String> classes(Model model, SupportSet support, SupportSet query) {
    if (model.labelSpace() == LabelSpace.GLOBAL) {
      return model.classes();
    }
    return support instanceof SupportSet.Labeled some && query instanceof SupportSet.Labeled others
        ? Stream.concat(some.labels().stream(), others.labels().stream()).distinct().toList()
        : List.of();
  }
}
