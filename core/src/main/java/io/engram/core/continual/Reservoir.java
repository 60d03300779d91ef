package io.engram.core.continual;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;

/**
 * A uniform sample of a stream in bounded memory (Vitter 1985, algorithm R): the n-th example enters with probability capacity/n and takes a
 * random place. Admission depends on the seed and n alone.
 *
 * <p>One with a reach r goes on from there as if no more than r had ever come, so that what it keeps is about r examples old in the mean (biased reservoir
 * sampling, Aggarwal 2006, algorithm 3.1, with λ = 1/r).
 */
final class Reservoir extends ExampleMemory {

  private final long seed;
  private final long reach;

  /** Of all that ever came. */
  Reservoir(int capacity, long seed) {
    this(capacity, seed, Long.MAX_VALUE);
  }

  /**
   * Of about the last {@code reach} examples, or as many as there are places.
   */
  Reservoir(int capacity, long seed, long reach) {
    super(capacity);
    this.seed = seed;
    this.reach = Math.max(capacity, reach);
  }

  int size() {
    return places.size();
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  Kept get(int place) {
    return places.get(place);
  }

  /** A random one of those kept. */
  Kept draw(RandomStream random) {
    return places.get(random.nextInt(places.size()));
  }

  void offer(StreamExample example) {
    offer(new Kept(example, NO_LOGITS));
  }

  void offer(Kept candidate) {
    offered++;
    if (places.size() < capacity) {
      places.add(candidate);
      return;
    }
    RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.ADMISSION, offered));
    long place = random.nextLong(Math.min(offered, reach));
    if (place < capacity) {
      places.set((int) place, candidate);
    }
  }
}
