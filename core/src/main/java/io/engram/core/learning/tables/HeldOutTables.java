package io.engram.core.learning.tables;

import io.engram.core.guard.Past;
import io.engram.core.learning.Episodes;
import io.engram.core.learning.HeldOutTasks.Kept;
import io.engram.core.learning.LabelDictionary;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TaskExaminer;
import io.engram.core.tables.TableModel;
import io.engram.core.task.Episode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores a version on tasks as its subscribers would use it. For one thread. */
final class HeldOutTables implements TaskExaminer.Scorer<TableModel> {

  private final TableSettings settings;
  private final TableScorer scorer;
  private LabelDictionary labels;
  private @Nullable Past past;

  HeldOutTables(TableSettings settings) {
    this.settings = settings;
    this.scorer = new TableScorer(settings);
    this.labels = new LabelDictionary(settings.network().outputs(), List.of());
  }

  /** Classes from now on; every version is asked about all of them. Tasks of the past are measured as they were. */
  void knows(List<String> classes, @Nullable Past before) {
    past = before;
    labels = new LabelDictionary(settings.network().outputs(), classes);
  }

  @Override
  public double[] scores(TableModel version, List<Kept> tasks) {
    double[] scores = new double[tasks.size()];
    for (int i = 0; i < scores.length; i++) {
      Episode episode = Episodes.remembered(tasks.get(i).task(), labels);
      boolean old = past != null && past.has(tasks.get(i).arrival());
      TableModel model =
          old && past != null ? version.measuredBy(version.scale().before(past)) : version;
      scores[i] = scorer.model(model, episode);
    }
    return scores;
  }
}
