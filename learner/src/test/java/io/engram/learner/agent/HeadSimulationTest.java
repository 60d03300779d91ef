package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.Basics;
import io.engram.core.learning.LabelSpace;
import io.engram.core.learning.OuterSteps;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.DriftingClasses;
import io.engram.learner.InnerConfig;
import io.engram.learner.MetaConfig;
import io.engram.learner.OuterConfig;
import io.engram.model.Adaptation;
import io.engram.model.VersionCodec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Learners by comparing, killed before or after any step, shown the log again in pieces of any size, the newest commits lost with the power:
 * they end with the same θ, optimiser and published versions, to the bit.
 */
class HeadSimulationTest {

  private static final int TASKS = 61;
  private static final int HISTORIES = 12;
  private static final int READ_AHEAD = 3;
  private static final String CLASSES =
      "input(%d) dense(8) tanh dense(4) softmax".formatted(DriftingClasses.INPUTS);
  private static final String NUMBERS = "input(1) dense(8) tanh dense(1) mse";

  @ParameterizedTest
  @CsvSource({"prototypes, true", "cosine-prototypes, true", "ridge, true", "ridge, false"})
  void crashesLeaveNoTrace(String algorithm, boolean classes) {
    TaskSettings settings = settings(algorithm, classes ? CLASSES : NUMBERS);
    try (MetaProgram program = new FusedEngine(2).compile(settings.network())) {
      TaskWorld calm = run(program, new TaskWorld(settings, 0, 0, false, 1, TASKS), 0);
      assertThat(calm.committed().state().meta().updates()).isPositive();
      int kills = 0;
      for (long seed = 1; seed <= HISTORIES; seed++) {
        double crashes = 0.01 + 0.04 * (seed % 4) / 4;
        TaskWorld world =
            run(
                program,
                new TaskWorld(settings, seed, crashes, seed % 2 == 0, 1, TASKS),
                READ_AHEAD);
        assertSame(world, calm, seed);
        kills += world.kills();
      }
      assertThat(kills).as("kills").isGreaterThan(HISTORIES);
      assertThat(adaptation(calm)).isInstanceOf(Adaptation.ClosedFormHead.class);
    }
  }

  private static Adaptation adaptation(TaskWorld world) {
    List<Candidate> published = world.published();
    Candidate last = published.get(published.size() - 1);
    return VersionCodec.decode(last.manifest(), last.parameters()).adaptation();
  }

  private static void assertSame(TaskWorld world, TaskWorld calm, long seed) {
    TaskState state = world.committed().state();
    TaskState expected = calm.committed().state();
    assertThat(state.progress()).as("seed %d", seed).isEqualTo(expected.progress());
    assertThat(state.meta().theta()).containsExactly(expected.meta().theta());
    assertThat(state.meta().moments().first()).containsExactly(expected.meta().moments().first());
    assertThat(state.meta().moments().second()).containsExactly(expected.meta().moments().second());
    assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
    assertThat(PublishedVersions.versions(world)).isEqualTo(PublishedVersions.versions(calm));
  }

  private static TaskWorld run(MetaProgram program, TaskWorld world, int readAhead) {
    while (!run(program, world, world.log(), readAhead)) {
      assertThat(world.kills()).isLessThan(100_000);
    }
    return world;
  }

  /** Runs one process to the end of the log, or until it is killed: then false. */
  private static boolean run(
      MetaProgram program, TaskWorld world, SimulatedLog log, int readAhead) {
    try {
      LearnerAgent<TaskState, TaskOutcome> agent =
          new LearnerAgent<>(
              world.settings(),
              new Publishing(
                  "default",
                  3,
                  new Provenance("fused", "test", "17", "any", Map.of()),
                  world.sink()),
              Resumption.ofTasks(world.settings(), program, readAhead),
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

  private static TaskSettings settings(String algorithm, String network) {
    MetaConfig meta =
        new MetaConfig(
            algorithm,
            new InnerConfig(1, 0.01, "sgd", 0, "none", 1e-3),
            OuterConfig.adam(3e-3),
            0,
            0);
    return new TaskSettings(
        new Basics(NetworkSpec.parse(network), 7, false, 3, true, true, 10),
        meta.toSettings(),
        new OuterSteps(2, 0, 2, false),
        new MemorySettings(new Capacity.Tasks(5), Retention.RESERVOIR, new ReplayDraw.Uniform()),
        NormalizationMode.TRANSDUCTIVE,
        LabelSpace.PER_TASK);
  }
}
