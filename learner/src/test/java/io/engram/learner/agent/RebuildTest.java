package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.engram.core.learning.HeldOutTasks;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Remembered;
import io.engram.core.task.LogPosition;
import io.engram.core.testing.LinearProgram;
import io.engram.learner.agent.Recovery.Report;
import io.engram.schemas.avro.ModelManifest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The disk is gone; the log and the published versions are not. */
class RebuildTest {

  private static final int TASKS = 61;
  private static final int PUBLISH_EVERY = 3;

  private final TaskWorld world =
      new TaskWorld(LearnerAgentSimulationTest.SETTINGS, 1, 0, false, 1, TASKS);

  @Test
  void theMemoryAndThetaAreWhatTheyWereWhenTheChampionWasMade() {
    TaskWorld until = new TaskWorld(LearnerAgentSimulationTest.SETTINGS, 1, 0, false, 1, 39);
    learn(until, until.log());
    Candidate champion = newest(until);
    TaskState lost = until.committed().state();
    assertThat(champion.manifest().getLineage().getTasks()).isEqualTo(lost.progress().tasks());

    Report report = rebuild(world.log(), champion).orElseThrow();
    assertThat(report.tasksInLog()).isEqualTo(lost.progress().tasks());
    assertThat(report.toString()).contains("0 are gone with its retention");
    TaskState found = world.committed().state();
    assertThat(found.meta().theta()).containsExactly(lost.meta().theta());
    assertThat(found.meta().updates()).isEqualTo(lost.meta().updates());
    assertThat(found.progress().nextOffsets()).isEqualTo(lost.progress().nextOffsets());
    assertThat(found.progress().tasks()).isEqualTo(lost.progress().tasks());
    assertThat(found.progress().examples()).isEqualTo(lost.progress().examples());
    assertThat(found.progress().refused()).isEqualTo(lost.progress().refused());
    assertThat(remembered(found)).isEqualTo(remembered(lost));
    assertThat(world.memory().keySet()).hasSize(found.memory().size());
  }

  @Test
  void whatWasHeldOutIsHeldOutAgain() {
    TaskSettings holding =
        LearnerAgentSimulationTest.holdingOut(
            LearnerAgentSimulationTest.SETTINGS, new HoldOut(0.4, 10));
    TaskWorld until = new TaskWorld(holding, 1, 0, false, 1, 39);
    learn(until, until.log());
    TaskState lost = until.committed().state();
    TaskWorld again = new TaskWorld(holding, 1, 0, false, 1, 39);
    new Rebuild(holding, again.store(), again.log(), published(newest(until), 0)).ifLost();
    TaskState found = again.committed().state();
    assertThat(remembered(found)).isEqualTo(remembered(lost));
    assertThat(found.heldOut().byAge())
        .extracting(HeldOutTasks.Kept::tag, HeldOutTasks.Kept::arrival)
        .isEqualTo(
            lost.heldOut().byAge().stream().map(it -> tuple(it.tag(), it.arrival())).toList());
    assertThat(found.memory().arrivals()).isEqualTo(found.progress().tasks());
  }

  @Test
  void itLearnsOnAndNeverPublishesUnderAnIdThatIsTaken() {
    learn(world, world.log());
    Set<String> taken = ids(world.published());
    Candidate champion = world.published().get(1);
    world.published().clear();
    world.loseDisk();
    rebuild(world.log(), champion, CandidateIds.groups(newestId(taken)));
    learn(world, world.log());
    assertThat(world.published()).isNotEmpty();
    assertThat(ids(world.published())).doesNotContainAnyElementsOf(taken);
    assertThat(world.published().get(0).manifest().getLineage().getParentCandidateId())
        .isEqualTo(champion.id());
    assertThat(world.committed().state().progress().nextOffsets())
        .as("everything after the champion was learned from")
        .containsEntry(0, 60L);
  }

  @Test
  void whatRetentionHasTakenIsSaidInNumbers() {
    learn(world, world.log());
    Candidate champion = newest(world);
    long tasks = champion.manifest().getLineage().getTasks();
    world.loseDisk();
    Report report = rebuild(world.beginningAt(20), champion).orElseThrow();
    assertThat(report.tasks()).isEqualTo(tasks);
    assertThat(report.tasksInLog()).isEqualTo(tasks - 19); // one of the first twenty is poison
    assertThat(report.toString()).contains("(19 are gone with its retention)");
    assertThat(world.committed().state().memory().arrivals()).isEqualTo(tasks);
  }

  @Test
  void killedInTheMiddleItBeginsAgain() {
    learn(world, world.log());
    Candidate champion = newest(world);
    TaskState calm = rebuilt(champion, 0, 0);
    for (long seed = 1; seed <= 50; seed++) {
      TaskState hurt = rebuilt(champion, seed, 0.03);
      assertThat(remembered(hurt)).isEqualTo(remembered(calm));
      assertThat(hurt.meta().theta()).containsExactly(calm.meta().theta());
    }
  }

  @Test
  void aStoreThatHoldsSomethingIsLeftAlone() {
    learn(world, world.log());
    TaskState before = world.committed().state();
    assertThat(rebuild(world.log(), newest(world))).isEmpty();
    assertThat(world.committed().state().meta().theta()).containsExactly(before.meta().theta());
  }

  @Test
  void aNewLogIsLearnedFromItsBeginning() {
    learn(world, world.log());
    TaskWorld fresh = new TaskWorld(LearnerAgentSimulationTest.SETTINGS, 1, 0, false, 1, 12);
    new Rebuild(
            LearnerAgentSimulationTest.SETTINGS,
            fresh.store(),
            fresh.log(),
            published(newest(world), 0))
        .ifLost();
    assertThat(fresh.committed().state().progress().nextOffsets()).isEmpty();
    learn(fresh, fresh.log());
    assertThat(fresh.committed().state().progress().nextOffsets()).containsEntry(0, 12L);
  }

  @Test
  void aChampionOfAnotherNetworkIsNotTakenForThisOne() {
    learn(world, world.log());
    Candidate champion = newest(world);
    ModelManifest other = ModelManifest.newBuilder(champion.manifest()).build();
    other.setNetwork("input(2) dense(1) mse");
    world.loseDisk();
    assertThatThrownBy(() -> rebuild(world.log(), new Candidate(other, champion.parameters())))
        .hasMessageContaining("has network [input(2) dense(1) mse]")
        .hasMessageContaining("learner.rebuild=false");
  }

  private static TaskState rebuilt(Candidate champion, long seed, double crashes) {
    TaskWorld empty =
        new TaskWorld(LearnerAgentSimulationTest.SETTINGS, seed, crashes, false, 1, TASKS);
    while (true) {
      try {
        new Rebuild(
                LearnerAgentSimulationTest.SETTINGS,
                empty.store(),
                empty.log(),
                published(champion, 0))
            .ifLost();
        return empty.committed().state();
      } catch (Crash crash) {
        assertThat(empty.kills()).isLessThan(100_000);
      }
    }
  }

  private Optional<Report> rebuild(TaskLog log, Candidate champion) {
    return rebuild(log, champion, 0);
  }

  private Optional<Report> rebuild(TaskLog log, Candidate champion, long newestGroup) {
    return new Rebuild(
            LearnerAgentSimulationTest.SETTINGS,
            world.store(),
            log,
            published(champion, newestGroup))
        .ifLost();
  }

  private static PublishedModels published(Candidate champion, long newestGroup) {
    return new PublishedModels() {
      @Override
      public Optional<Candidate> champion() {
        return Optional.of(champion);
      }

      @Override
      public long newestGroup() {
        return newestGroup;
      }
    };
  }

  private static void learn(TaskWorld world, SimulatedLog log) {
    new LearnerAgent<>(
            world.settings(),
            new Publishing(
                "default",
                PUBLISH_EVERY,
                new Provenance("linear", "test", "17", "any", Map.of()),
                world.sink()),
            Resumption.ofTasks(world.settings(), new LinearProgram(), 0),
            log,
            world.store(),
            BackupDesk.CLOSED,
            new StatusBoard(world.settings().window()))
        .run(log::drained);
  }

  private static Candidate newest(TaskWorld world) {
    return world.published().get(world.published().size() - 1);
  }

  private static String newestId(Set<String> ids) {
    return ids.stream()
        .max((a, b) -> Long.compare(CandidateIds.groups(a), CandidateIds.groups(b)))
        .orElseThrow();
  }

  private static Set<String> ids(List<Candidate> candidates) {
    Set<String> ids = new HashSet<>();
    candidates.forEach(it -> ids.add(it.id()));
    return ids;
  }

  /** Position → arrival, whatever the slot. */
  private static Map<LogPosition, Long> remembered(TaskState state) {
    Map<LogPosition, Long> remembered = new TreeMap<>();
    for (Remembered it : state.memory().contents().values()) {
      remembered.put(it.position(), it.arrival());
    }
    return remembered;
  }
}
