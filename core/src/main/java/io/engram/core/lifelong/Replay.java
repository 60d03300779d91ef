package io.engram.core.lifelong;

import io.engram.core.memory.Admission;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.Neighbourhood;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.TaskEmbedding;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which remembered tasks join each outer step. By the memory's weights, or among those most like the group's own. Their embeddings are
 * not stored: what a restart finds in the memory is read once, when it is first needed.
 */
final class Replay {

  private final LifelongSettings settings;
  private final ReplayReader reader;
  private final Neighbourhood neighbourhood = new Neighbourhood();
  private final List<int[]> nearest = new ArrayList<>();

  Replay(LifelongSettings settings, ReplayReader reader) {
    this.settings = settings;
    this.reader = reader;
  }

  /** Prepares the draws of one group. */
  void begin(EpisodicMemory memory, List<Arrival> group) {
    nearest.clear();
    if (settings.replayDraw() instanceof ReplayDraw.SimilarToTask similar
        && settings.replay() > 0) {
      memory.contents().tailMap(neighbourhood.size(), true).keySet().forEach(this::read);
      for (Arrival arrival : group) {
        nearest.add(neighbourhood.nearest(TaskEmbedding.of(arrival.task()), similar.neighbours()));
      }
    }
  }

  /** The slots that join outer step {@code update}; none while the memory is empty. */
  int[] draw(EpisodicMemory memory, long update) {
    RandomStream random =
        new RandomStream(Seeds.derive(settings.seed(), Purpose.REPLAY_DRAW, update));
    if (nearest.isEmpty()) {
      return memory.draw(settings.replay(), random);
    }
    int[] drawn = new int[memory.size() == 0 ? 0 : settings.replay()];
    for (int i = 0; i < drawn.length; i++) {
      int[] candidates = nearest.get(i % nearest.size());
      drawn[i] = candidates[random.nextInt(candidates.length)];
    }
    return drawn;
  }

  /** Follows the memory's changes. */
  void apply(GroupOutcome outcome) {
    if (!(settings.replayDraw() instanceof ReplayDraw.SimilarToTask)) {
      return;
    }
    for (int i = 0; i < outcome.admissions().size(); i++) {
      if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
        kept.emptied().forEach(slot -> put(slot, null));
        put(kept.slot(), TaskEmbedding.of(outcome.arrivals().get(i).task()));
      }
    }
  }

  private void read(int slot) {
    while (neighbourhood.size() < slot) {
      neighbourhood.put(neighbourhood.size(), null);
    }
    neighbourhood.put(slot, TaskEmbedding.of(reader.read(slot)));
  }

  /** What lies beyond those known is read when it is needed. */
  private void put(int slot, @Nullable TaskEmbedding embedding) {
    if (slot <= neighbourhood.size()) {
      neighbourhood.put(slot, embedding);
    }
  }
}
