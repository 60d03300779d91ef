package io.engram.core.learning.tasks;

import io.engram.core.guard.Past;
import io.engram.core.learning.Episodes;
import io.engram.core.learning.HeldOutTasks.Kept;
import io.engram.core.learning.LabelDictionary;
import io.engram.core.learning.Scales;
import io.engram.core.learning.TaskExaminer;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskVersion;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores a version on tasks as its subscribers would use it: scaled as they came to know them, adapted to the support set. For one thread. */
final class HeldOutScorer implements TaskExaminer.Scorer<TaskVersion> {

  private static final int ADAPTED_AT_ONCE = 16;

  private final TaskSettings settings;
  private final TaskScorer scorer;
  private final Episodes episodes;
  private LabelDictionary labels;
  private @Nullable Past past;

  HeldOutScorer(TaskSettings settings, TaskScorer scorer) {
    this.settings = settings;
    this.scorer = scorer;
    this.episodes = new Episodes(settings.labelSpace());
    this.labels = new LabelDictionary(settings.network().outputs(), List.of());
  }

  /** Classes of a global label space from now on; every version is asked about all of them. Tasks of the past are measured as they were. */
  void knows(List<String> classes, @Nullable Past before) {
    past = before;
    labels = new LabelDictionary(settings.network().outputs(), classes);
  }

  @Override
  public double[] scores(TaskVersion version, List<Kept> tasks) {
    NetworkSpec network = settings.network();
    Scales scales =
        Scales.of(
            network.input().size(), network.outputs(), version.inputScale(), version.targetScale());
    double[] scores = new double[tasks.size()];
    for (int from = 0; from < scores.length; from += ADAPTED_AT_ONCE) {
      List<Kept> some = tasks.subList(from, Math.min(scores.length, from + ADAPTED_AT_ONCE));
      List<Episode> asked = new ArrayList<>(some.size());
      List<float[]> deviations = new ArrayList<>(some.size());
      for (Kept kept : some) {
        long seed = Seeds.derive(settings.seed(), Purpose.SCORING, kept.tag());
        Scales measured =
            past != null && settings.standardise() && past.has(kept.arrival())
                ? scales.before(past)
                : scales;
        asked.add(episodes.asArrived(kept.task(), labels, measured, seed));
        deviations.add(measured.targets().deviation());
      }
      double[] found =
          scorer.scores(
              version.theta(),
              settings
                  .meta()
                  .learned()
                  .in(
                      settings.meta().inner(),
                      version.stepSizes(),
                      network.layout().tensors().size()),
              asked,
              deviations);
      System.arraycopy(found, 0, scores, from, found.length);
    }
    return scores;
  }
}
