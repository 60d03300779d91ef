package io.engram.core.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Remembered tasks by likeness, for memory-based meta-learning: what is most like the task at hand, to be replayed with it or to enlarge
 * a support set that is too small. Places are numbered by whoever fills it, as a memory numbers its slots. Not thread-safe.
 */
public final class Neighbourhood {

  private final List<TaskEmbedding> places = new ArrayList<>();

  private record Found(int place, double distance) {

    /** Ties go to the lower place, so that the answer is one. */
    static final Comparator<Found> NEAREST_FIRST =
        Comparator.comparingDouble(Found::distance).thenComparingInt(Found::place);
  }

  /** Puts a task in a place: a new one at the end, or instead of what was there. */
  public void put(int place, TaskEmbedding embedding) {
    if (place == places.size()) {
      places.add(embedding);
    } else {
      places.set(place, embedding);
    }
  }

  /** Number of tasks. */
  public int size() {
    return places.size();
  }

  /**
   * The places most like a task.
   *
   * @return at most {@code count} places, nearest first
   */
  public int[] nearest(TaskEmbedding task, int count) {
    List<Found> found = new ArrayList<>(places.size());
    for (int place = 0; place < places.size(); place++) {
      found.add(new Found(place, task.distance(places.get(place))));
    }
    return found.stream().sorted(Found.NEAREST_FIRST).limit(count).mapToInt(Found::place).toArray();
  }
}
