package io.engram.learner.agent;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.lifelong.GroupOutcome;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Remembered;
import io.engram.core.task.LogPosition;
import io.engram.learner.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a learner's process: the log, what the store has committed, what was published. Seeded; kills the process with a
 * given probability before and after every step that touches the outside.
 */
final class SimulatedWorld {

  private final LifelongSettings settings;
  private final Random random;
  private final double crashes;
  private final List<byte[]> log = new ArrayList<>();
  private final Map<Integer, byte[]> memory = new HashMap<>();
  private final List<Candidate> published = new ArrayList<>();
  private LearnerStore.@Nullable Committed committed;
  private int kills;

  SimulatedWorld(LifelongSettings settings, long seed, double crashes, int tasks) {
    this.settings = settings;
    this.random = new Random(seed);
    this.crashes = crashes;
    for (int i = 0; i < tasks; i++) {
      boolean poison = i % 17 == 16;
      log.add(poison ? "poison".getBytes(StandardCharsets.UTF_8) : Tasks.sinusoid(i));
    }
  }

  List<Candidate> published() {
    return published;
  }

  Map<Integer, byte[]> memory() {
    return memory;
  }

  int kills() {
    return kills;
  }

  LearnerStore.Committed committed() {
    if (committed == null) {
      throw new AssertionError("nothing was ever committed");
    }
    return committed;
  }

  private void mayCrash(String where) {
    if (random.nextDouble() < crashes) {
      kills++;
      throw new Crash(where);
    }
  }

  /** A log whose polls are of random sizes and sometimes bring again what came before. */
  final class Log implements TaskLog {

    private int next;
    private boolean drained;

    /** Whether a poll found nothing left to bring. */
    boolean drained() {
      return drained;
    }

    @Override
    public boolean exists() {
      return true;
    }

    @Override
    public List<Gap> seek(Map<Integer, Long> nextOffsets) {
      next = nextOffsets.getOrDefault(0, 0L).intValue();
      return List.of();
    }

    @Override
    public List<Entry> poll(Duration patience) {
      mayCrash("before a poll");
      drained = next >= log.size();
      if (drained) {
        return List.of();
      }
      if (next > 0 && random.nextInt(10) == 0) {
        next -= random.nextInt(next + 1);
      }
      List<Entry> entries = new ArrayList<>();
      for (int left = random.nextInt(9); left > 0 && next < log.size(); left--) {
        entries.add(new Entry(new LogPosition(0, next), log.get(next)));
        next++;
      }
      return entries;
    }

    @Override
    public long lag() {
      return log.size() - (long) next;
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
  }

  /** A store whose commit happens whole, or not at all. */
  final class Store implements LearnerStore {

    @Override
    public Optional<Committed> load() {
      mayCrash("before loading");
      return Optional.ofNullable(committed)
          .map(c -> new Committed(copy(c.state()), c.publication()));
    }

    @Override
    public void commit(
        GroupOutcome outcome, List<byte[]> records, LifelongState after, Publication publication) {
      mayCrash("before a commit");
      for (int i = 0; i < records.size(); i++) {
        if (outcome.admissions().get(i) instanceof Admission.Admitted admitted) {
          memory.put(admitted.slot(), records.get(i));
        } else if (outcome.admissions().get(i) instanceof Admission.Replaced replaced) {
          memory.put(replaced.slot(), records.get(i));
        }
      }
      committed = new Committed(copy(after), publication);
      mayCrash("after a commit");
    }

    @Override
    public byte[] read(int slot) {
      mayCrash("before reading a task");
      byte[] record = memory.get(slot);
      if (record == null) {
        throw new AssertionError("slot " + slot + " was never written");
      }
      return record;
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
    List<Remembered> slots = new ArrayList<>();
    for (int slot = 0; slot < state.memory().size(); slot++) {
      slots.add(state.memory().at(slot));
    }
    return new LifelongState(
        state.meta().copy(),
        settings.restoreMemory(slots, state.progress().tasks()),
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
