package io.engram.core.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembered tasks by likeness, for memory-based meta-learning: what is most like the task at hand, to be replayed with it or to enlarge
 * a support set that is too small. Places are numbered by whoever fills it, as a memory numbers its slots. Not thread-safe.
 */
public final class Neighbourhood {

  private final List<@Nullable TaskEmbedding> places = new ArrayList<>();

  private record Found(int place, double distance) {

    /** Ties go to the lower place, so that the answer is one. */
    static final Comparator<Found> NEAREST_FIRST =
        Comparator.comparingDouble(Found::distance).thenComparingInt(Found::place);
  }

  /** Puts a task in a place, or nothing: a new one at the end, or instead of what was there. */
  public void put(int place, @Nullable TaskEmbedding embedding) {
    if (place == places.size()) {
      places.add(embedding);
    } else {
      places.set(place, embedding);
    }
  }

  /** Number of places. */
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
      TaskEmbedding embedding = places.get(place);
      if (embedding != null) {
        found.add(new Found(place, task.distance(embedding)));
      }
    }
    return found.stream().sorted(Found.NEAREST_FIRST).limit(count).mapToInt(Found::place).toArray();
  }
}
