package io.engram.core.memory;

import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The index of the episodic memory: which task lies in which slot, what leaves when it is full, and what is drawn for replay. Slots are
 * dense, 0 … size−1. The tasks themselves lie in a store.
 *
 * <p>Not thread-safe; owned by the learner's thread.
 */
public final class EpisodicMemory {

  private final int capacity;
  private final Retention retention;
  private final ReplayDraw draw;
  private final long seed;
  private final List<Remembered> slots = new ArrayList<>();
  private final Map<String, Group> groups = new HashMap<>();
  private final NavigableSet<Group> bySize = new TreeSet<>(Group.LARGEST_LAST);
  private final WeightTree weights = new WeightTree();
  private long arrivals;

  public EpisodicMemory(int capacity, Retention retention, ReplayDraw draw, long seed) {
    if (capacity < 1) {
      throw new IllegalArgumentException("memory capacity must be at least 1, found " + capacity);
    }
    this.capacity = capacity;
    this.retention = retention;
    this.draw = draw;
    this.seed = seed;
  }

  /**
   * The index of a memory read back from its store.
   *
   * @param slots element i is what lies in slot i
   * @param arrivals tasks offered so far
   */
  public static EpisodicMemory restore(
      int capacity,
      Retention retention,
      ReplayDraw draw,
      long seed,
      List<Remembered> slots,
      long arrivals) {
    EpisodicMemory memory = new EpisodicMemory(capacity, retention, draw, seed);
    if (slots.size() > capacity) {
      throw new IllegalArgumentException(
          "the stored memory holds %d tasks, more than its capacity of %d; raise the capacity to at least that"
              .formatted(slots.size(), capacity));
    }
    memory.arrivals = arrivals;
    for (int slot = 0; slot < slots.size(); slot++) {
      memory.put(slot, slots.get(slot));
    }
    return memory;
  }

  /** Number of tasks held. */
  public int size() {
    return slots.size();
  }

  /** Tasks offered so far. */
  public long arrivals() {
    return arrivals;
  }

  /** What lies in a slot. */
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
            task.surprise());
    if (slots.size() < capacity) {
      int slot = slots.size();
      put(slot, entry);
      return new Admission.Admitted(slot, entry);
    }
    return makeRoom(entry);
  }

  /** The newcomer counts to its group at once, so that it may be the one that has to go. */
  private Admission makeRoom(Remembered entry) {
    Group own = groups.get(entry.group());
    Group largest = bySize.last();
    boolean ownIsLargest =
        own != null && (own == largest || own.members.size() + 1 > largest.members.size());
    Group from = own != null && ownIsLargest ? own : largest;
    if (ownIsLargest && from.members.last().compareTo(entry) <= 0) {
      return new Admission.Discarded();
    }
    Member evicted = from.members.last();
    int slot = evicted.slot;
    Remembered replaced = slots.get(slot);
    remove(slot);
    put(slot, entry);
    return new Admission.Replaced(slot, entry, replaced);
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
    if (decision instanceof Admission.Admitted admitted) {
      remove(admitted.slot());
      slots.remove(admitted.slot());
    } else if (decision instanceof Admission.Replaced replaced) {
      remove(replaced.slot());
      put(replaced.slot(), replaced.evicted());
    }
  }

  private void put(int slot, Remembered entry) {
    if (slot == slots.size()) {
      slots.add(entry);
    } else {
      slots.set(slot, entry);
    }
    weights.set(slot, draw.weight(entry, arrivals));
    Group group = groups.computeIfAbsent(entry.group(), Group::new);
    bySize.remove(group);
    group.members.add(new Member(entry, slot));
    bySize.add(group);
  }

  /** Takes what lies in a slot out of its group; the slot itself stays. */
  private void remove(int slot) {
    Remembered entry = slots.get(slot);
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
    for (int slot = 0; slot < slots.size(); slot++) {
      weights.set(slot, draw.weight(slots.get(slot), arrivals));
    }
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
