package io.engram.core.continual;

import io.engram.core.algebra.Vectors;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a continual learner is beside θ. A snapshot: what the learner does later does not change it.
 *
 * @param vectors by name, [parameters] each, in layout order
 * @param counts by name
 * @param memory remembered examples by place; as long as a place keeps its example, snapshots share it
 */
public record ContinualState(
    Map<String, float[]> vectors, Map<String, Long> counts, List<Kept> memory) {

  /** Nothing beside θ: before the first example, or where single examples are not what is learned from. */
  public static final ContinualState NONE = new ContinualState(Map.of(), Map.of(), List.of());

  public ContinualState {
    vectors = Collections.unmodifiableMap(new TreeMap<>(vectors));
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    memory = List.copyOf(memory);
  }

  /** Whether there is nothing to go on from. */
  public boolean isNone() {
    return vectors.isEmpty() && counts.isEmpty() && memory.isEmpty();
  }

  /** Whether every number of its vectors is one: not infinite, and not NaN. */
  public boolean finite() {
    return vectors.values().stream().allMatch(Vectors::finite);
  }

  /** What lies in those places whose example came after {@code earlier}; a memory never shrinks. */
  @SuppressWarnings("ReferenceEquality") // that they are shared is what tells them apart
  public SortedMap<Integer, Kept> rememberedSince(ContinualState earlier) {
    SortedMap<Integer, Kept> changed = new TreeMap<>();
    for (int place = 0; place < memory.size(); place++) {
      if (place >= earlier.memory.size() || earlier.memory.get(place) != memory.get(place)) {
        changed.put(place, memory.get(place));
      }
    }
    return changed;
  }

  /**
   * One of the vectors.
   *
   * @throws IllegalStateException if the state was another kind of learner's
   */
  public float[] vector(String name) {
    return required(vectors, name);
  }

  /**
   * One of the counters.
   *
   * @throws IllegalStateException if the state was another kind of learner's
   */
  public long count(String name) {
    return required(counts, name);
  }

  private static <T> T required(Map<String, T> parts, String name) {
    T part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException(
          "this learner goes on from '%s', the state of another one was given, with %s"
              .formatted(name, parts.keySet()));
    }
    return part;
  }
}
