package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.lifelong.GroupOutcome;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.memory.Admission;
import io.engram.core.task.LogPosition;
import io.engram.learner.DriftingClasses;
import io.engram.learner.Tasks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a learner's process: the log, what the store has committed, what was published. Seeded; kills the process with a
 * given probability before and after every step that touches the outside, and checks what must hold after each.
 */
final class SimulatedWorld {

  private static final int UNFLUSHED = 3;
  private static final int FEWEST_EXAMPLES = 4;
  private static final int SIZES = 13;

  private final LifelongSettings settings;
  private final Random random;
  private final double crashes;
  private final boolean powerFails;
  private final List<List<byte[]>> log = new ArrayList<>();
  private final List<Candidate> published = new ArrayList<>();
  private final Deque<Disk> unflushed = new ArrayDeque<>();
  private final List<LogPosition> committedOrder = new ArrayList<>();
  private Disk disk = new Disk(new HashMap<>(), null, List.of());
  private int kills;
  private int lostCommits;
  private int emptiedSlots;

  /** What lies on the disk after a commit. */
  private record Disk(
      Map<Integer, byte[]> memory,
      LearnerStore.@Nullable Committed committed,
      List<LogPosition> order) {

    Disk withOrder(List<LogPosition> positions) {
      return new Disk(memory, committed, List.copyOf(positions));
    }
  }

  /**
   * @param crashes probability of a kill at each step
   * @param powerFails whether a kill may also take the newest commits with it, as the loss of power does where they are not synced
   */
  SimulatedWorld(
      LifelongSettings settings,
      long seed,
      double crashes,
      boolean powerFails,
      int partitions,
      int tasks) {
    this.settings = settings;
    this.random = new Random(seed);
    this.crashes = crashes;
    this.powerFails = powerFails;
    for (int i = 0; i < partitions; i++) {
      log.add(new ArrayList<>());
    }
    for (int i = 0; i < tasks; i++) {
      boolean poison = i % 17 == 16;
      log.get(i % partitions).add(poison ? "poison".getBytes(StandardCharsets.UTF_8) : task(i));
    }
  }

  private byte[] task(int number) {
    return settings.stream() == null
        ? Tasks.sinusoid(number, FEWEST_EXAMPLES + number % SIZES)
        : DriftingClasses.task(number);
  }

  List<Candidate> published() {
    return published;
  }

  Map<Integer, byte[]> memory() {
    return disk.memory;
  }

  int kills() {
    return kills;
  }

  LifelongSettings settings() {
    return settings;
  }

  /** Slots that were left empty by commits. */
  int emptiedSlots() {
    return emptiedSlots;
  }

  /** Commits that a loss of power took back. */
  int lostCommits() {
    return lostCommits;
  }

  /** Everything shown in groups that were committed, in that order; kept for several partitions only. */
  List<LogPosition> committedOrder() {
    return committedOrder;
  }

  LearnerStore.Committed committed() {
    if (disk.committed == null) {
      throw new AssertionError("nothing was ever committed");
    }
    return disk.committed;
  }

  /** The disk is replaced by an empty one. */
  void loseDisk() {
    disk = new Disk(new HashMap<>(), null, List.of());
    unflushed.clear();
  }

  private void mayCrash(String where) {
    if (random.nextDouble() < crashes) {
      kills++;
      if (powerFails && random.nextInt(4) == 0) {
        for (int lost = random.nextInt(UNFLUSHED + 1); lost > 0 && !unflushed.isEmpty(); lost--) {
          disk = unflushed.removeLast();
          lostCommits++;
        }
      }
      throw new Crash(where);
    }
  }

  /** A log whose polls are of random sizes, take the partitions in any order and sometimes bring again what came before. */
  final class Log implements TaskLog {

    private final int[] next = new int[log.size()];
    private final int[] beginnings;
    private final @Nullable Deque<LogPosition> script;
    private boolean drained;

    Log() {
      this(new int[log.size()], null);
    }

    private Log(int[] beginnings, @Nullable Deque<LogPosition> script) {
      this.beginnings = beginnings;
      this.script = script;
    }

    /** Brings exactly these, one a poll. */
    static Log scripted(SimulatedWorld world, List<LogPosition> order) {
      return world.new Log(new int[world.log.size()], new ArrayDeque<>(order));
    }

    /** Has lost what stood before these offsets. */
    static Log beginningAt(SimulatedWorld world, int... beginnings) {
      return world.new Log(beginnings, null);
    }

    /** Whether a poll found nothing left to bring. */
    boolean drained() {
      return drained;
    }

    @Override
    public boolean exists() {
      return true;
    }

    @Override
    public boolean merges() {
      return log.size() > 1;
    }

    @Override
    public List<Gap> seek(Map<Integer, Long> nextOffsets) {
      List<Gap> gaps = new ArrayList<>();
      for (int p = 0; p < next.length; p++) {
        long expected = nextOffsets.getOrDefault(p, 0L);
        next[p] = (int) Math.max(expected, beginnings[p]);
        if (beginnings[p] > expected) {
          gaps.add(new Gap(p, expected, beginnings[p]));
        }
      }
      return gaps;
    }

    @Override
    public Map<Integer, Long> ends() {
      Map<Integer, Long> ends = new HashMap<>();
      for (int p = 0; p < next.length; p++) {
        ends.put(p, (long) log.get(p).size());
      }
      return ends;
    }

    @Override
    public boolean passed(Map<Integer, Long> offsets) {
      return offsets.entrySet().stream().allMatch(it -> next[it.getKey()] >= it.getValue());
    }

    @Override
    public List<Entry> poll(Duration patience) {
      mayCrash("before a poll");
      drained = true;
      for (int p = 0; p < next.length; p++) {
        drained &= next[p] >= log.get(p).size();
      }
      if (script != null) {
        drained = script.isEmpty();
        return drained ? List.of() : List.of(entry(script.remove()));
      }
      List<Entry> entries = new ArrayList<>();
      for (int left = drained ? 0 : random.nextInt(9); left > 0; left--) {
        int p = random.nextInt(next.length);
        if (next[p] > beginnings[p] && random.nextInt(20) == 0) {
          next[p] -= random.nextInt(next[p] - beginnings[p] + 1);
        }
        if (next[p] < log.get(p).size()) {
          entries.add(entry(new LogPosition(p, next[p]++)));
        }
      }
      return entries;
    }

    private Entry entry(LogPosition position) {
      return new Entry(position, log.get(position.partition()).get((int) position.offset()));
    }

    @Override
    public long lag() {
      return 0;
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
  }

  /** A store whose commit happens whole, or not at all. */
  final class Store implements LearnerStore {

    @Override
    public boolean fresh() {
      return disk.committed == null;
    }

    @Override
    public Optional<Committed> load() {
      mayCrash("before loading");
      return Optional.ofNullable(disk.committed)
          .map(c -> new Committed(copy(c.state()), c.publication()));
    }

    @Override
    public void commit(
        GroupOutcome outcome, List<byte[]> records, LifelongState after, Publication publication) {
      mayCrash("before a commit");
      checkOrder(outcome);
      Map<Integer, byte[]> memory = new HashMap<>(disk.memory);
      for (int i = 0; i < outcome.admissions().size(); i++) {
        if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
          memory.keySet().removeAll(kept.emptied());
          emptiedSlots += kept.emptied().size();
          memory.put(kept.slot(), records.get(i));
        }
      }
      write(new Disk(memory, new Committed(copy(after), publication), List.of()));
      mayCrash("after a commit");
    }

    /** What is committed is what was noted first, and nothing noted was passed over. */
    private void checkOrder(GroupOutcome outcome) {
      if (log.size() == 1) {
        return;
      }
      List<LogPosition> last =
          List.of(outcome.arrivals().get(outcome.arrivals().size() - 1).position());
      List<LogPosition> group = disk.order.subList(0, disk.order.lastIndexOf(last.get(0)) + 1);
      assertThat(group)
          .as("the group was noted before it was learned from")
          .containsSubsequence(outcome.arrivals().stream().map(it -> it.position()).toList());
      committedOrder.addAll(group);
    }

    @Override
    public void recordOrder(List<LogPosition> shown) {
      mayCrash("before noting an order");
      int common = Math.min(shown.size(), disk.order.size());
      assertThat(shown.subList(0, common))
          .as("an order that was noted does not change until it is committed")
          .isEqualTo(disk.order.subList(0, common));
      if (shown.size() >= disk.order.size()) {
        disk = disk.withOrder(shown);
      }
      mayCrash("after noting an order");
    }

    @Override
    public List<LogPosition> recordedOrder() {
      return disk.order;
    }

    @Override
    public void remember(int slot, byte[] record) {
      mayCrash("before remembering a task");
      disk.memory.put(slot, record);
    }

    @Override
    public void forget(int slot) {
      mayCrash("before forgetting a task");
      disk.memory.remove(slot);
    }

    @Override
    public void adopt(LifelongState state, Publication publication) {
      mayCrash("before adopting");
      disk = new Disk(disk.memory, new Committed(copy(state), publication), List.of());
      mayCrash("after adopting");
    }

    private void write(Disk written) {
      unflushed.addLast(disk);
      if (unflushed.size() > UNFLUSHED) {
        unflushed.removeFirst();
      }
      disk = written;
    }

    @Override
    public void read(int slot, RecordBuffer into) {
      mayCrash("before reading a task");
      byte[] record = disk.memory.get(slot);
      if (record == null) {
        throw new AssertionError("slot " + slot + " was never written");
      }
      System.arraycopy(record, 0, into.room(record.length), 0, record.length);
      into.filled(record.length);
    }

    @Override
    public void backup(Path target) {
      throw new AssertionError("nobody asks for a backup here");
    }

    @Override
    public void close() {}
  }

  /** A sink whose transactions are seen whole, or not at all. */
  final class Sink implements CandidateSink {

    @Override
    public void publish(Candidate candidate) {
      mayCrash("before publishing");
      published.add(candidate);
      mayCrash("after publishing");
    }

    @Override
    public void close() {}
  }

  /** What comes back from a disk shares nothing with what was written. */
  private LifelongState copy(LifelongState state) {
    return new LifelongState(
        state.meta().copy(),
        settings.restoreMemory(state.memory().contents(), state.progress().tasks()),
        state.stream(),
        PrequentialScores.restore(
            settings.window(),
            state.scores().firstScores(),
            state.scores().lastScores(),
            state.scores().tasks()),
        state.labels(),
        state.inputScale(),
        state.targetScale(),
        state.progress());
  }
}
