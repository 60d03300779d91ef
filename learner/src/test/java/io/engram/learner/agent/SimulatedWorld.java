package io.engram.learner.agent;

import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.network.Head;
import io.engram.core.task.LogPosition;
import io.engram.learner.DriftingClasses;
import io.engram.learner.Tasks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All that a learner's process touches and that outlives it: the log, the disk under its store, what it published. Seeded. */
abstract class SimulatedWorld<S extends LifelongState, O extends GroupOutcome> {

  private static final int FEWEST_EXAMPLES = 4;
  private static final int SIZES = 13;
  private static final int POISON_EVERY = 17;

  private final LifelongSettings settings;
  private final Fate fate;
  private final SimulatedDisk<S> disk;
  private final boolean merges;
  private final SimulatedSink sink;
  private final List<List<byte[]>> partitions = new ArrayList<>();

  /**
   * @param copying makes a state that shares nothing with another
   * @param crashes probability of a kill at each step
   * @param powerFails whether a kill may also take the newest commits with it, as the loss of power does where they are not synced
   */
  SimulatedWorld(
      LifelongSettings settings,
      UnaryOperator<S> copying,
      long seed,
      double crashes,
      boolean powerFails,
      int partitions,
      int tasks) {
    this.settings = settings;
    this.fate = new Fate(seed, crashes);
    this.disk = new SimulatedDisk<>(copying);
    this.merges = partitions > 1;
    this.sink = new SimulatedSink(fate);
    if (powerFails) {
      fate.withLossOfPower(() -> disk.losePower(fate));
    }
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ArrayList<>());
    }
    for (int i = 0; i < tasks; i++) {
      this.partitions.get(i % partitions).add(record(i));
    }
  }

  /** Says behind so many records of each partition that a source has ended. */
  final void endAfter(int... records) {
    for (List<byte[]> partition : partitions) {
      for (int i = records.length - 1; i >= 0; i--) {
        partition.add(Math.min(records[i], partition.size()), new byte[0]);
      }
    }
  }

  /** Sends these of the first partition with labels beyond all measure, the first of them when nobody can tell yet. */
  final void absurd(int... records) {
    for (int number : records) {
      partitions.get(0).set(number, Tasks.absurd(number));
    }
  }

  private byte[] record(int number) {
    if (number % POISON_EVERY == POISON_EVERY - 1) {
      return "poison".getBytes(StandardCharsets.UTF_8);
    }
    return settings.either(
        ofTasks ->
            ofTasks.network().head() == Head.SOFTMAX_CROSS_ENTROPY
                ? DriftingClasses.task(number)
                : Tasks.sinusoid(number, FEWEST_EXAMPLES + number % SIZES),
        ofStream -> DriftingClasses.task(number),
        ofTables ->
            ofTables.shape().classes()
                ? DriftingClasses.task(number)
                : Tasks.sinusoid(number, FEWEST_EXAMPLES + number % SIZES));
  }

  final Fate fate() {
    return fate;
  }

  final SimulatedDisk<S> disk() {
    return disk;
  }

  /** Whether the log has several partitions, so that their order matters. */
  final boolean merges() {
    return merges;
  }

  /** The log as the next process finds it. */
  SimulatedLog log() {
    return SimulatedLog.of(fate, partitions);
  }

  /** The log, bringing exactly these, one a poll. */
  SimulatedLog scripted(List<LogPosition> order) {
    return SimulatedLog.scripted(fate, partitions, order);
  }

  /** The log after it has lost what stood before these offsets. */
  SimulatedLog beginningAt(int... beginnings) {
    return SimulatedLog.beginningAt(fate, partitions, beginnings);
  }

  abstract SimulatedStore<S, O> store();

  SimulatedSink sink() {
    return sink;
  }

  List<Candidate> published() {
    return sink.published();
  }

  /** Tasks on the disk, by slot. */
  Map<Integer, byte[]> memory() {
    return disk.memory();
  }

  LearnerStore.Committed<S> committed() {
    return disk.committed().orElseThrow(() -> new AssertionError("nothing was ever committed"));
  }

  int kills() {
    return fate.kills();
  }

  /** Commits that a loss of power took back. */
  int lostCommits() {
    return disk.lostCommits();
  }

  /** The disk is replaced by an empty one. */
  void loseDisk() {
    disk.lose();
  }
}
