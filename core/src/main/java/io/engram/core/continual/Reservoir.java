package io.engram.core.continual;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;

/**
 * A uniform sample of a stream in bounded memory (Vitter 1985, algorithm R): the n-th example enters with probability capacity/n and takes a
 * random place. Admission depends on the seed and n alone.
 */
final class Reservoir extends ExampleMemory {

  private final long seed;

  Reservoir(int capacity, long seed) {
    super(capacity);
    this.seed = seed;
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
    long place = random.nextLong(offered);
    if (place < capacity) {
      places.set((int) place, candidate);
    }
  }
}
