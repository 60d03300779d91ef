package io.engram.learner.agent;

import static io.engram.learner.agent.PublishedVersions.versions;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.guard.Case;
import io.engram.core.guard.GuardBytes;
import io.engram.core.guard.Quarantine;
import io.engram.core.learning.Basics;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.LabelSpace;
import io.engram.core.learning.OuterSteps;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.task.LogPosition;
import io.engram.core.testing.LinearProgram;
import io.engram.learner.InnerConfig;
import io.engram.learner.MetaConfig;
import io.engram.learner.OuterConfig;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Killed before or after any step, shown the log again, in pieces of any size, partitions taking turns in any order, the newest commits lost
 * with the power: the learner ends with the same θ, optimiser, memory and published versions, to the bit, as if nothing had happened. It
 * reads remembered tasks ahead on a thread of its own; the learner that nothing happens to reads them when it needs them.
 *
 * <p>Each property has a budget of time; what does not fit into it on a busy machine is left out.
 */
class LearnerAgentSimulationTest {

  private static final int TASKS = 61;
  private static final int PARTITIONS = 3;
  private static final int FEWEST = 50;

  /** More than are drawn at an outer step, fewer than in a group. */
  private static final int READ_AHEAD = 3;

  static final TaskSettings SETTINGS = settings(new Capacity.Tasks(5));
  private static final TaskSettings BOUNDED_BY_BYTES = settings(new Capacity.Bytes(1500));
  private static final LinearProgram PROGRAM = new LinearProgram();
  private static final TaskWorld UNINTERRUPTED =
      run(new TaskWorld(SETTINGS, 0, 0, false, 1, TASKS), 0);
  private static final TaskWorld BOUNDED_UNINTERRUPTED =
      run(new TaskWorld(BOUNDED_BY_BYTES, 0, 0, false, 1, TASKS), 0);

  private static final TaskWorld ENDING_UNINTERRUPTED =
      run(ending(new TaskWorld(SETTINGS, 0, 0, false, 1, TASKS)), 0);

  private static final TaskSettings HOLDING = holdingOut(SETTINGS, new HoldOut(0.4, 10));
  private static final TaskWorld HOLDING_UNINTERRUPTED =
      run(ending(new TaskWorld(HOLDING, 0, 0, false, 1, TASKS)), 0);

  private static final TaskWorld ABSURD_UNINTERRUPTED =
      run(absurd(new TaskWorld(SETTINGS, 0, 0, false, 1, TASKS)), 0);

  private static final Budget CRASHES = new Budget(25);
  private static final Budget ENDS = new Budget(10);
  private static final Budget HOLDS = new Budget(10);
  private static final Budget BOUNDED = new Budget(10);
  private static final Budget MERGES = new Budget(15);
  private static final Budget ABSURD = new Budget(10);

  @AfterContainer
  static void enough() {
    assertThat(CRASHES.histories).as("histories of one partition").isGreaterThan(FEWEST);
    assertThat(ENDS.histories).as("histories of sources that end").isGreaterThan(FEWEST);
    assertThat(HOLDS.histories).as("histories with tasks held out").isGreaterThan(FEWEST);
    assertThat(BOUNDED.histories).as("histories bounded by bytes").isGreaterThan(FEWEST);
    assertThat(ABSURD.histories).as("histories with absurd tasks").isGreaterThan(FEWEST);
    assertThat(MERGES.histories).as("histories of several partitions").isGreaterThan(FEWEST);
  }

  /** Time for histories, from the first of them on. */
  private static final class Budget {

    private final long nanos;
    private long start;
    private int histories;

    Budget(int seconds) {
      this.nanos = seconds * 1_000_000_000L;
    }

    boolean left() {
      start = histories == 0 ? System.nanoTime() : start;
      boolean left = System.nanoTime() - start < nanos;
      histories += left ? 1 : 0;
      return left;
    }
  }

  @Property(
      tries = 3000,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void crashesLeaveNoTrace(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.08) double crashes,
      @ForAll boolean powerFails) {
    if (CRASHES.left()) {
      TaskWorld world = run(new TaskWorld(SETTINGS, seed, crashes, powerFails, 1, TASKS));
      assertSame(world, UNINTERRUPTED, seed);
    }
  }

  @Property(
      tries = 1000,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void crashesLeaveNoTraceInAMemoryBoundedByBytes(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.08) double crashes,
      @ForAll boolean powerFails) {
    if (BOUNDED.left()) {
      TaskWorld world = run(new TaskWorld(BOUNDED_BY_BYTES, seed, crashes, powerFails, 1, TASKS));
      assertSame(world, BOUNDED_UNINTERRUPTED, seed);
    }
  }

  @Property(
      tries = 1000,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void crashesLeaveNoTraceWhereSourcesEnd(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.08) double crashes,
      @ForAll boolean powerFails) {
    if (ENDS.left()) {
      TaskWorld world = run(ending(new TaskWorld(SETTINGS, seed, crashes, powerFails, 1, TASKS)));
      assertSame(world, ENDING_UNINTERRUPTED, seed);
    }
  }

  @Property(
      tries = 1000,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void crashesLeaveNoTraceWhereTasksAreHeldOut(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.08) double crashes,
      @ForAll boolean powerFails) {
    if (HOLDS.left()) {
      TaskWorld world = run(ending(new TaskWorld(HOLDING, seed, crashes, powerFails, 1, TASKS)));
      assertSame(world, HOLDING_UNINTERRUPTED, seed);
    }
  }

  @Property(
      tries = 1000,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void crashesLeaveNoTraceWhereTasksAreAbsurd(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.08) double crashes,
      @ForAll boolean powerFails) {
    if (ABSURD.left()) {
      TaskWorld world = run(absurd(new TaskWorld(SETTINGS, seed, crashes, powerFails, 1, TASKS)));
      assertSame(world, ABSURD_UNINTERRUPTED, seed);
    }
  }

  /** They are counted, and named by key and position; nobody learns from them, remembers them, or shows their scores. */
  @Example
  void absurdTasksAreInQuarantine() {
    TaskState state = ABSURD_UNINTERRUPTED.committed().state();
    Quarantine quarantine = state.standing().guard().quarantined();
    assertThat(quarantine.absurd()).isEqualTo(2);
    Case first = Objects.requireNonNull(quarantine.first());
    assertThat(first.key()).isEqualTo("evil");
    assertThat(first.position()).isEqualTo(new LogPosition(0, 30));
    assertThat(state.memory().contents().values())
        .extracting(Remembered::position)
        .doesNotContain(new LogPosition(0, 30), new LogPosition(0, 47));
    assertThat(state.memory().arrivals()).isEqualTo(state.progress().tasks());
    assertThat(state.scores().tasks()).isEqualTo(state.progress().tasks() - 2);
    assertThat(Objects.requireNonNull(state.targetScale()).deviation()[0]).isLessThan(5);
    assertThat(state.scores().lastWindow().model()).isLessThan(30);
  }

  private static TaskWorld absurd(TaskWorld world) {
    world.absurd(30, 47);
    return world;
  }

  /** They are scored, but neither learned from nor remembered; what versions score on them stands in their manifests. */
  @Example
  void versionsStateWhatTheyScoreOnTasksHeldOut() {
    TaskState state = HOLDING_UNINTERRUPTED.committed().state();
    assertThat(state.heldOut().tasks()).hasSize(10);
    assertThat(state.memory().contents().values())
        .noneMatch(it -> HOLDING.heldOut().holdsOut(it.position()));
    assertThat(state.memory().arrivals()).isEqualTo(state.progress().tasks());
    assertThat(state.scores().tasks()).isEqualTo(state.progress().tasks());
    List<Candidate> versions = HOLDING_UNINTERRUPTED.published();
    assertThat(versions.get(0).manifest().getMetrics()).doesNotContainKey("retained.score");
    assertThat(versions.get(versions.size() - 1).manifest().getMetrics())
        .containsKeys("retained.score", "retained.before", "retained.oldest", "retained.newest");
    assertThat(state.meta().theta())
        .isNotEqualTo(ENDING_UNINTERRUPTED.committed().state().meta().theta());
  }

  /** The group that was filling is learned from, and all of it published, once. */
  @Example
  void theEndOfASourceEndsTheGroupAndMakesAVersion() {
    TaskWorld world = ENDING_UNINTERRUPTED;
    assertThat(world.committed().state().progress().tasks())
        .as("all but three poisoned records")
        .isEqualTo(TASKS - 3);
    assertThat(world.published()).extracting(Candidate::id).doesNotHaveDuplicates();
    List<Long> tasks =
        world.published().stream().map(it -> it.manifest().getLineage().getTasks()).toList();
    assertThat(tasks).contains(10L, 37L, (long) TASKS - 3);
  }

  @Property(
      tries = 1500,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void severalPartitionsAreLearnedFromInTheOrderInWhichTheyWereFirstShown(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 0.08) double crashes) {
    if (MERGES.left()) {
      TaskWorld world =
          run(ending(new TaskWorld(SETTINGS, seed, crashes, false, PARTITIONS, TASKS)));
      TaskWorld again = ending(new TaskWorld(SETTINGS, 0, 0, false, PARTITIONS, TASKS));
      run(again, again.scripted(world.store().committedOrder()), 0);
      assertSame(world, again, seed);
    }
  }

  /** Tasks are of several sizes: without empty slots between full ones the bound in bytes would be that in tasks. */
  @Example
  void aBoundInBytesLeavesSlotsEmpty() {
    assertThat(BOUNDED_UNINTERRUPTED.store().emptiedSlots()).isPositive();
    assertThat(BOUNDED_UNINTERRUPTED.memory().values().stream().mapToInt(it -> it.length).sum())
        .isBetween(1, 1500);
  }

  /** The simulation itself must be able to fail. */
  @Example
  void theWorldIsAsBadAsItSays() {
    TaskWorld world = run(new TaskWorld(SETTINGS, 5, 0.15, true, 1, TASKS));
    assertThat(world.kills()).isPositive();
    assertThat(world.lostCommits()).isPositive();
    TaskWorld one = run(new TaskWorld(SETTINGS, 1, 0, false, PARTITIONS, TASKS));
    TaskWorld other = run(new TaskWorld(SETTINGS, 2, 0, false, PARTITIONS, TASKS));
    assertThat(one.committed().state().meta().theta())
        .as("the order in which partitions take turns matters")
        .isNotEqualTo(other.committed().state().meta().theta());
  }

  private static void assertSame(TaskWorld world, TaskWorld undisturbed, long seed) {
    TaskState state = world.committed().state();
    TaskState expected = undisturbed.committed().state();
    assertThat(state.progress()).as("seed %d", seed).isEqualTo(expected.progress());
    assertThat(state.meta().theta()).containsExactly(expected.meta().theta());
    assertThat(state.meta().moments().first()).containsExactly(expected.meta().moments().first());
    assertThat(state.meta().moments().second()).containsExactly(expected.meta().moments().second());
    assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
    assertThat(GuardBytes.encode(state.standing().guard()))
        .isEqualTo(GuardBytes.encode(expected.standing().guard()));
    assertThat(state.meta().lengths().parameters().ring())
        .containsExactly(expected.meta().lengths().parameters().ring());
    assertThat(state.heldOut().tasks().keySet()).isEqualTo(expected.heldOut().tasks().keySet());
    assertThat(state.retained()).isEqualTo(expected.retained());
    assertThat(hex(world.memory())).isEqualTo(hex(undisturbed.memory()));
    assertThat(versions(world)).isEqualTo(versions(undisturbed));
  }

  private static Map<Integer, String> hex(Map<Integer, byte[]> memory) {
    Map<Integer, String> hex = new TreeMap<>();
    memory.forEach((slot, record) -> hex.put(slot, HexFormat.of().formatHex(record)));
    return hex;
  }

  /** With ends behind a group that is not full, behind nothing new, and behind all of it. */
  private static TaskWorld ending(TaskWorld world) {
    world.endAfter(10, 10, 39, TASKS);
    return world;
  }

  private static TaskWorld run(TaskWorld world) {
    return run(world, READ_AHEAD);
  }

  private static TaskWorld run(TaskWorld world, int readAhead) {
    while (!run(world, world.log(), readAhead)) {
      assertThat(world.kills()).isLessThan(100_000);
    }
    return world;
  }

  /** Runs one process to the end of the log, or until it is killed: then false. */
  private static boolean run(TaskWorld world, SimulatedLog log, int readAhead) {
    try {
      LearnerAgent<TaskState, TaskOutcome> agent =
          new LearnerAgent<>(
              world.settings(),
              new Publishing(
                  "default",
                  3,
                  new Provenance("linear", "test", "17", "any", Map.of()),
                  world.sink()),
              Resumption.ofTasks(world.settings(), PROGRAM, readAhead),
              log,
              world.store(),
              BackupDesk.CLOSED,
              new StatusBoard(world.settings().window()));
      agent.run(log::drained);
      return true;
    } catch (Crash crash) {
      return false;
    }
  }

  static TaskSettings holdingOut(TaskSettings of, HoldOut holdOut) {
    return new TaskSettings(
        of.basics(), of.meta(), of.outer(), of.memory(), of.scoring(), of.labelSpace(), holdOut);
  }

  private static TaskSettings settings(Capacity capacity) {
    MetaConfig meta =
        new MetaConfig(
            "fomaml",
            new InnerConfig(1, 0.01, "sgd", 0, "none", 1e-3),
            OuterConfig.adam(3e-3),
            0,
            0);
    return new TaskSettings(
        new Basics(LinearProgram.NETWORK, 7, false, 3, true, true, 10),
        meta.toSettings(),
        new OuterSteps(2, 0, 2, false),
        new MemorySettings(capacity, Retention.RESERVOIR, new ReplayDraw.Uniform()),
        NormalizationMode.TRANSDUCTIVE,
        LabelSpace.PER_TASK);
  }
}
