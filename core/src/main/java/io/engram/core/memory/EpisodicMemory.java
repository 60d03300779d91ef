package io.engram.core.memory;

import io.engram.core.memory.Admission.Evicted;
import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The index of the episodic memory: which task lies in which slot, what leaves when it is full, and what is drawn for replay. A newcomer
 * takes the lowest empty slot: where the capacity is a number of tasks, slots are dense. The tasks themselves lie in a store.
 *
 * <p>Not thread-safe; owned by the learner's thread.
 */
public final class EpisodicMemory {

  private final Capacity capacity;
  private final RetentionPolicy retention;
  private final ReplayDraw draw;
  private final long seed;
  private final Slots slots = new Slots();
  private final Map<String, Group> groups = new HashMap<>();
  private final NavigableSet<Group> bySize = new TreeSet<>(Group.LARGEST_LAST);
  private final WeightTree weights = new WeightTree();
  private long arrivals;

  public EpisodicMemory(Capacity capacity, RetentionPolicy retention, ReplayDraw draw, long seed) {
    this.capacity = capacity;
    this.retention = retention;
    this.draw = draw;
    this.seed = seed;
  }

  /**
   * The index of a memory read back from its store.
   *
   * @param contents what lies in which slot
   * @param arrivals tasks offered so far
   */
  public static EpisodicMemory restore(
      Capacity capacity,
      RetentionPolicy retention,
      ReplayDraw draw,
      long seed,
      Map<Integer, Remembered> contents,
      long arrivals) {
    EpisodicMemory memory = new EpisodicMemory(capacity, retention, draw, seed);
    memory.arrivals = arrivals;
    contents.forEach(memory::put);
    if (!capacity.holds(memory.size(), memory.bytes())) {
      throw new IllegalArgumentException(
          "the stored memory holds %d tasks of %d bytes together, more than its capacity of %s; raise the capacity to at least that"
              .formatted(memory.size(), memory.bytes(), capacity));
    }
    return memory;
  }

  /** Number of tasks held. */
  public int size() {
    return slots.size();
  }

  /** Sum of their sizes. */
  public long bytes() {
    return slots.bytes();
  }

  /** What lies in which slot, by slot; a copy. */
  public NavigableMap<Integer, Remembered> contents() {
    return slots.contents();
  }

  /** Tasks offered so far. */
  public long arrivals() {
    return arrivals;
  }

  /** What lies in a slot that is not empty. */
  public Remembered at(int slot) {
    return slots.get(slot);
  }

  /**
   * Decides, without changing anything, what is to be done with these tasks in this order.
   *
   * @return one decision per task
   */
  public List<Admission> decide(List<Offer> tasks) {
    long before = arrivals;
    List<Admission> decisions = new ArrayList<>(tasks.size());
    for (Offer task : tasks) {
      decisions.add(offer(task));
    }
    arrivals = before;
    for (int i = decisions.size() - 1; i >= 0; i--) {
      undo(decisions.get(i));
    }
    return decisions;
  }

  /** Counts tasks that came and are not offered. Decisions do not depend on it, ages do. */
  public void passOver(int tasks) {
    arrivals += tasks;
  }

  /** Carries out decisions made on this very state. */
  public void apply(List<Offer> tasks, List<Admission> decisions) {
    for (int i = 0; i < tasks.size(); i++) {
      Admission made = offer(tasks.get(i));
      if (!made.equals(decisions.get(i))) {
        throw new IllegalStateException(
            "decision %s was not made on this memory, which says %s"
                .formatted(decisions.get(i), made));
      }
    }
    if (draw.ages()) {
      reweigh();
    }
  }

  /**
   * Draws slots by the memory's weights: without replacement while there are enough, else every slot at least once.
   *
   * @return [count] slots, or none if the memory is empty
   */
  public int[] draw(int count, RandomStream random) {
    int size = slots.size();
    if (size == 0) {
      return new int[0];
    }
    int[] drawn = new int[count];
    long[] taken = new long[count];
    int distinct = Math.min(count, size);
    for (int i = 0; i < distinct; i++) {
      drawn[i] = weights.draw(random);
      taken[i] = weights.get(drawn[i]);
      weights.set(drawn[i], 0);
    }
    for (int i = 0; i < distinct; i++) {
      weights.set(drawn[i], taken[i]);
    }
    for (int i = distinct; i < count; i++) {
      drawn[i] = weights.draw(random);
    }
    return drawn;
  }

  private Admission offer(Offer task) {
    arrivals++;
    Remembered entry =
        new Remembered(
            task.position(),
            smallestGroup(task),
            retention.rank(task, seed),
            task.arrival(),
            task.bytes(),
            task.surprise());
    return makeRoom(entry);
  }

  /** The worst go, one after the other, until it fits; if it is the worst itself before that, it does not come in and nobody goes. */
  private Admission makeRoom(Remembered entry) {
    List<Evicted> evicted = new ArrayList<>();
    while (!capacity.holds(size() + 1L, bytes() + entry.bytes())) {
      Member worst = worstBut(entry);
      if (worst == null) {
        restore(evicted);
        return new Admission.Discarded();
      }
      evicted.add(new Evicted(worst.slot, slots.get(worst.slot)));
      remove(worst.slot);
    }
    int slot = slots.lowestEmpty();
    put(slot, entry);
    return new Admission.Kept(slot, entry, evicted);
  }

  /**
   * The largest rank of the largest group, or null if that is the newcomer, which counts to its group at once.
   */
  private @Nullable Member worstBut(Remembered entry) {
    if (bySize.isEmpty()) {
      return null;
    }
    Group own = groups.get(entry.group());
    Group largest = bySize.last();
    boolean ownIsLargest =
        own != null && (own == largest || own.members.size() + 1 > largest.members.size());
    Group from = own != null && ownIsLargest ? own : largest;
    if (ownIsLargest && from.members.last().compareTo(entry) <= 0) {
      return null;
    }
    return from.members.last();
  }

  private void restore(List<Evicted> evicted) {
    for (int i = evicted.size() - 1; i >= 0; i--) {
      put(evicted.get(i).slot(), evicted.get(i).entry());
    }
  }

  private String smallestGroup(Offer task) {
    String smallest = "";
    int fewest = Integer.MAX_VALUE;
    for (String name : retention.groups(task)) {
      Group group = groups.get(name);
      int size = group == null ? 0 : group.members.size();
      if (size < fewest) {
        fewest = size;
        smallest = name;
      }
    }
    return smallest;
  }

  private void undo(Admission decision) {
    if (decision instanceof Admission.Kept kept) {
      remove(kept.slot());
      restore(kept.evicted());
    }
  }

  private void put(int slot, Remembered entry) {
    slots.put(slot, entry);
    weights.set(slot, draw.weight(entry, arrivals));
    Group group = groups.computeIfAbsent(entry.group(), Group::new);
    bySize.remove(group);
    group.members.add(new Member(entry, slot));
    bySize.add(group);
  }

  private void remove(int slot) {
    Remembered entry = slots.remove(slot);
    weights.set(slot, 0);
    Group group = groups.getOrDefault(entry.group(), new Group(entry.group()));
    bySize.remove(group);
    group.members.remove(new Member(entry, slot));
    if (group.members.isEmpty()) {
      groups.remove(entry.group());
    } else {
      bySize.add(group);
    }
  }

  private void reweigh() {
    slots.forEach((slot, entry) -> weights.set(slot, draw.weight(entry, arrivals)));
  }

  /** A task in its group, in the order in which it would be evicted: the last one first. */
  private record Member(Remembered entry, int slot) implements Comparable<Member> {

    private static final Comparator<Remembered> ORDER =
        Comparator.comparingLong(Remembered::rank).thenComparing(Remembered::position);

    @Override
    public int compareTo(Member other) {
      return ORDER.compare(entry, other.entry);
    }

    int compareTo(Remembered other) {
      return ORDER.compare(entry, other);
    }
  }

  private static final class Group {

    static final Comparator<Group> LARGEST_LAST =
        Comparator.<Group>comparingInt(group -> group.members.size())
            .thenComparing(group -> group.name, Collections.reverseOrder());

    final String name;
    final NavigableSet<Member> members = new TreeSet<>();

    Group(String name) {
      this.name = name;
    }
  }
}
