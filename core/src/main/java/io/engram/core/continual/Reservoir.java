package io.engram.core.continual;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * A uniform sample of a stream in bounded memory (Vitter 1985, algorithm R): the n-th example enters with probability capacity/n and takes a
 * random place. Admission depends on the seed and n alone.
 */
final class Reservoir implements ExampleMemory {

  private static final float[] NO_LOGITS = {};

  private final int capacity;
  private final long seed;
  private final List<Kept> kept = new ArrayList<>();
  private long offered;

  Reservoir(int capacity, long seed) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a memory needs at least 1 place, found " + capacity);
    }
    this.capacity = capacity;
    this.seed = seed;
  }

  int size() {
    return kept.size();
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  Kept get(int place) {
    return kept.get(place);
  }

  @Override
  public List<Kept> contents() {
    return List.copyOf(kept);
  }

  @Override
  public long offered() {
    return offered;
  }

  @Override
  public void restore(List<Kept> contents, long offeredSoFar) {
    if (contents.size() > capacity) {
      throw new IllegalStateException(
          "a memory of %d examples does not fit into %d places"
              .formatted(contents.size(), capacity));
    }
    kept.clear();
    kept.addAll(contents);
    offered = offeredSoFar;
  }

  /** A random one of those kept. */
  Kept draw(RandomStream random) {
    return kept.get(random.nextInt(kept.size()));
  }

  void offer(StreamExample example) {
    offer(new Kept(example, NO_LOGITS));
  }

  void offer(Kept candidate) {
    offered++;
    if (kept.size() < capacity) {
      kept.add(candidate);
      return;
    }
    RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.ADMISSION, offered));
    long place = random.nextLong(offered);
    if (place < capacity) {
      kept.set((int) place, candidate);
    }
  }
}
