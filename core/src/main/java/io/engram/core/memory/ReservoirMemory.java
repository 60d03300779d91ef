package io.engram.core.memory;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.LogPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The index of a reservoir: a uniform sample of all distinct tasks seen, kept as the {@code capacity} smallest hash tags (bottom-k
 * sampling, Cohen &amp; Kaplan 2007). A tag depends on the seed and the task's log position alone, so admitting in any order, or twice,
 * gives the same memory. Slots are dense, 0 … size−1, which makes a uniform draw one bounded random number.
 *
 * <p>Holds which task lies in which slot, not the tasks. Not thread-safe.
 */
public final class ReservoirMemory {

  private static final Comparator<Tagged> LARGEST_FIRST =
      Comparator.comparing(Tagged::tag, Long::compareUnsigned).reversed();

  private final int capacity;
  private final long seed;
  private final List<LogPosition> slots = new ArrayList<>();
  private final PriorityQueue<Tagged> largestFirst = new PriorityQueue<>(LARGEST_FIRST);

  public ReservoirMemory(int capacity, long seed) {
    if (capacity < 1) {
      throw new IllegalArgumentException("memory capacity must be at least 1, found " + capacity);
    }
    this.capacity = capacity;
    this.seed = seed;
  }

  /** The index of a memory read back from its store: element i is the position of the task in slot i. */
  public static ReservoirMemory restore(int capacity, long seed, List<LogPosition> slots) {
    ReservoirMemory memory = new ReservoirMemory(capacity, seed);
    if (slots.size() > capacity) {
      throw new IllegalArgumentException(
          "the stored memory holds %d tasks, more than its capacity of %d; raise the capacity to at least that"
              .formatted(slots.size(), capacity));
    }
    for (LogPosition position : slots) {
      memory.append(position);
    }
    return memory;
  }

  /** Number of tasks held. */
  public int size() {
    return slots.size();
  }

  public int capacity() {
    return capacity;
  }

  /** The task in a slot. */
  public LogPosition at(int slot) {
    return slots.get(slot);
  }

  /**
   * Decides, without changing anything, what {@link #apply} would have to do for these arrivals in this order.
   *
   * @return one decision per arrival
   */
  public List<Admission> decide(List<LogPosition> arrivals) {
    PriorityQueue<Tagged> contenders = new PriorityQueue<>(LARGEST_FIRST);
    List<Tagged> largest = takeLargest(arrivals.size());
    contenders.addAll(largest);
    largestFirst.addAll(largest);
    List<Admission> decisions = new ArrayList<>(arrivals.size());
    int size = slots.size();
    for (LogPosition arrival : arrivals) {
      if (size < capacity) {
        contenders.add(new Tagged(tag(arrival), size, arrival));
        decisions.add(new Admission.Admitted(size++));
      } else {
        decisions.add(decideWhenFull(arrival, contenders));
      }
    }
    return decisions;
  }

  private Admission decideWhenFull(LogPosition arrival, PriorityQueue<Tagged> contenders) {
    Tagged largest = contenders.element();
    long tag = tag(arrival);
    if (Long.compareUnsigned(tag, largest.tag) >= 0) {
      return new Admission.Discarded();
    }
    contenders.remove();
    contenders.add(new Tagged(tag, largest.slot, arrival));
    return new Admission.Replaced(largest.slot, largest.position);
  }

  /** Carries out decisions made on this very state. */
  public void apply(List<LogPosition> arrivals, List<Admission> decisions) {
    for (int i = 0; i < arrivals.size(); i++) {
      LogPosition arrival = arrivals.get(i);
      if (decisions.get(i) instanceof Admission.Admitted) {
        append(arrival);
      } else if (decisions.get(i) instanceof Admission.Replaced replaced) {
        Tagged evicted = largestFirst.remove();
        if (evicted.slot != replaced.slot()) {
          throw new IllegalStateException(
              "decision %s was not made on this memory: its largest tag is in slot %d"
                  .formatted(replaced, evicted.slot));
        }
        slots.set(replaced.slot(), arrival);
        largestFirst.add(new Tagged(tag(arrival), replaced.slot(), arrival));
      }
    }
  }

  /**
   * Draws slots uniformly: without replacement if there are enough, else every slot at least once and the rest with
   * replacement.
   *
   * @return [count] slots, or none if the memory is empty
   */
  public int[] draw(int count, RandomStream random) {
    int size = slots.size();
    if (size == 0) {
      return new int[0];
    }
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int slot = random.nextInt(size);
      while (i < size && contains(drawn, i, slot)) {
        slot = random.nextInt(size);
      }
      drawn[i] = slot;
    }
    return drawn;
  }

  private int append(LogPosition position) {
    int slot = slots.size();
    slots.add(position);
    largestFirst.add(new Tagged(tag(position), slot, position));
    return slot;
  }

  private List<Tagged> takeLargest(int count) {
    List<Tagged> taken = new ArrayList<>(count);
    while (taken.size() < count && !largestFirst.isEmpty()) {
      taken.add(largestFirst.remove());
    }
    return taken;
  }

  private long tag(LogPosition position) {
    return Seeds.derive(seed, Purpose.ADMISSION, position.partition(), position.offset());
  }

  private static boolean contains(int[] values, int count, int value) {
    return Arrays.stream(values, 0, count).anyMatch(v -> v == value);
  }

  private record Tagged(long tag, int slot, LogPosition position) {}
}
