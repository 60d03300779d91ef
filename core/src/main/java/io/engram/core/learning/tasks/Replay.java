package io.engram.core.learning.tasks;

import io.engram.core.learning.Arrival;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.memory.Admission;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.Neighbourhood;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.TaskEmbedding;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which remembered tasks join each outer step. By the memory's weights, or among those most like the group's own. Their embeddings are
 * not stored: what a restart finds in the memory is read once, when it is first needed.
 *
 * <p>A draw depends on the seed, the number of the outer step, the memory and the group, none of which change while the group is learned
 * from: so all its draws are made when it begins, and the reader is told of them.
 */
final class Replay {

  private final TaskSettings settings;
  private final ReplayReader reader;
  private final Neighbourhood neighbourhood = new Neighbourhood();
  private int[][] drawn = {};
  private long[][] arrivals = {};

  Replay(TaskSettings settings, ReplayReader reader) {
    this.settings = settings;
    this.reader = reader;
  }

  /**
   * Makes the draws of one group.
   *
   * @param firstUpdate number of its first outer step
   */
  void begin(EpisodicMemory memory, List<Arrival> group, long firstUpdate) {
    List<int[]> nearest = nearest(memory, group);
    drawn =
        IntStream.range(0, settings.outer().count())
            .mapToObj(step -> draw(memory, nearest, firstUpdate + step))
            .toArray(int[][]::new);
    arrivals =
        Arrays.stream(drawn)
            .map(slots -> Arrays.stream(slots).mapToLong(it -> memory.at(it).arrival()).toArray())
            .toArray(long[][]::new);
    reader.announce(Arrays.stream(drawn).flatMapToInt(Arrays::stream).toArray());
  }

  /**
   * A task from the memory.
   *
   * @param arrival tasks that had come before it
   */
  record Replayed(Task task, long arrival) {}

  /** What joins the group's outer step {@code step}; to be looked at until {@link #release()}. */
  List<Replayed> tasks(int step) {
    List<Replayed> tasks = new ArrayList<>(drawn[step].length);
    for (int i = 0; i < drawn[step].length; i++) {
      tasks.add(new Replayed(reader.read(drawn[step][i]), arrivals[step][i]));
    }
    return tasks;
  }

  void release() {
    reader.release();
  }

  /** For each task of the group the slots most like it; nothing unless draws go by likeness. */
  private List<int[]> nearest(EpisodicMemory memory, List<Arrival> group) {
    List<int[]> nearest = new ArrayList<>();
    if (settings.memory().draw() instanceof ReplayDraw.SimilarToTask similar
        && settings.outer().replay() > 0) {
      memory.contents().tailMap(neighbourhood.size(), true).keySet().forEach(this::embed);
      for (Arrival arrival : group) {
        nearest.add(neighbourhood.nearest(TaskEmbedding.of(arrival.task()), similar.neighbours()));
      }
    }
    return nearest;
  }

  /** The slots that join an outer step; none while the memory is empty. */
  private int[] draw(EpisodicMemory memory, List<int[]> nearest, long update) {
    RandomStream random =
        new RandomStream(Seeds.derive(settings.seed(), Purpose.REPLAY_DRAW, update));
    if (nearest.isEmpty()) {
      return memory.draw(settings.outer().replay(), random);
    }
    int[] slots = new int[memory.size() == 0 ? 0 : settings.outer().replay()];
    for (int i = 0; i < slots.length; i++) {
      int[] candidates = nearest.get(i % nearest.size());
      slots[i] = candidates[random.nextInt(candidates.length)];
    }
    return slots;
  }

  /** Follows the memory's changes. */
  void apply(TaskOutcome outcome) {
    if (!(settings.memory().draw() instanceof ReplayDraw.SimilarToTask)) {
      return;
    }
    for (int i = 0; i < outcome.admissions().size(); i++) {
      if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
        kept.emptied().forEach(slot -> put(slot, null));
        put(kept.slot(), TaskEmbedding.of(outcome.arrivals().get(i).task()));
      }
    }
  }

  private void embed(int slot) {
    while (neighbourhood.size() < slot) {
      neighbourhood.put(neighbourhood.size(), null);
    }
    neighbourhood.put(slot, TaskEmbedding.of(reader.read(slot)));
    reader.release();
  }

  /** What lies beyond those known is read when it is needed. */
  private void put(int slot, @Nullable TaskEmbedding embedding) {
    if (slot <= neighbourhood.size()) {
      neighbourhood.put(slot, embedding);
    }
  }
}
