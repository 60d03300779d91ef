package io.engram.core.learning.tasks;

import io.engram.core.compute.episode.MetaRule;
import io.engram.core.learning.EpisodeSplit;
import io.engram.core.learning.Episodes;
import io.engram.core.learning.LabelDictionary;
import io.engram.core.learning.LabelSpace;
import io.engram.core.learning.Scales;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.Visit;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.Task;

/** Makes episodes of tasks to learn from: freshly split, ordered and labelled at every visit. */
final class TrainingVisits {

  private final TaskSettings settings;

  TrainingVisits(TaskSettings settings) {
    this.settings = settings;
  }

  /** A visit, all of whose choices follow from {@code seed}. */
  Episode make(Task task, LabelDictionary labels, Scales scales, long seed) {
    RandomStream random = new RandomStream(seed);
    boolean perTask = task.classification() && settings.labelSpace() == LabelSpace.PER_TASK;
    int[] outputs =
        perTask
            ? random.permutation(task.classes().size())
            : Episodes.outputs(settings.labelSpace(), task, labels);
    int ways = perTask ? outputs.length : labels.size();
    EpisodeSplit split =
        settings.meta().rule() == MetaRule.REPTILE
            ? EpisodeSplit.allSupport(task)
            : EpisodeSplit.reshuffled(task, perTask, settings.outer().trainQueries(), random);
    return new Visit(task, ways, outputs, scales.inputs(), scales.targets())
        .episode(split.support(), split.query(), random.nextLong());
  }
}
