package io.engram.experiments.lifelong.live;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which alphabet each stretch of the stream is about. First come those that never return; then new ones, and between them old ones of
 * the latter kind again; some are never seen at all.
 *
 * @param early seen only at the beginning
 * @param unseen never
 * @param stretches one alphabet each, in order
 */
record Itinerary(List<String> early, List<String> unseen, List<String> stretches) {

  /** After so many new alphabets an old one returns. */
  private static final int NEW_BETWEEN_RETURNS = 2;

  Itinerary {
    early = List.copyOf(early);
    unseen = List.copyOf(unseen);
    stretches = List.copyOf(stretches);
  }

  /**
   * Draws an order.
   *
   * @param early how many are seen only at the beginning
   * @param stretches how many there are in all
   * @throws IllegalArgumentException if there are too few alphabets to leave one unseen
   */
  static Itinerary draw(List<String> alphabets, int early, int stretches, long seed) {
    RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.STREAM, -1));
    List<String> shuffled = new ArrayList<>();
    for (int i : random.permutation(alphabets.size())) {
      shuffled.add(alphabets.get(i));
    }
    List<String> order = new ArrayList<>(shuffled.subList(0, early));
    List<String> later = new ArrayList<>();
    int taken = early;
    while (order.size() < stretches) {
      int sinceBeginning = order.size() - early + 1;
      if (sinceBeginning % (NEW_BETWEEN_RETURNS + 1) == 0) {
        // Not the one that was just left.
        order.add(later.get(random.nextInt(later.size() - 1)));
      } else if (taken < shuffled.size() - 1) {
        later.add(shuffled.get(taken));
        order.add(shuffled.get(taken++));
      } else {
        throw new IllegalArgumentException(
            "%d stretches need more than the %d alphabets there are"
                .formatted(stretches, alphabets.size()));
      }
    }
    return new Itinerary(
        shuffled.subList(0, early), shuffled.subList(taken, shuffled.size()), order);
  }

  /** Alphabets of the first {@code count} stretches, in order of appearance. */
  Set<String> seenAfter(int count) {
    return new LinkedHashSet<>(stretches.subList(0, count));
  }
}
