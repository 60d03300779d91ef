package io.engram.learner.agent;

import static io.engram.learner.agent.LearnerAgentSimulationTest.SETTINGS;
import static io.engram.learner.agent.PublishedVersions.versions;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskState;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.testing.LinearProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a learner computes on is lost in the middle, as a card may be: the learner stops with it, and the next one goes on to the same
 * result, to the bit.
 */
class LostEngineTest {

  private static final int TASKS = 20;

  @Test
  void theLearnerStopsAndARestartGoesOn() {
    TaskWorld undisturbed = world();
    assertThat(run(undisturbed, new Losing(Integer.MAX_VALUE))).isTrue();
    int losses = 0;
    for (int call = 1; ; call++) {
      TaskWorld world = world();
      if (run(world, new Losing(call))) {
        break;
      }
      losses++;
      assertThat(run(world, new Losing(Integer.MAX_VALUE))).as("the restart").isTrue();
      TaskState state = world.committed().state();
      TaskState expected = undisturbed.committed().state();
      assertThat(state.progress()).as("lost at call %d", call).isEqualTo(expected.progress());
      assertThat(state.meta().theta()).containsExactly(expected.meta().theta());
      assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
      assertThat(versions(world)).isEqualTo(versions(undisturbed));
    }
    assertThat(losses).as("calls at which it was lost").isGreaterThan(TASKS);
  }

  private static TaskWorld world() {
    return new TaskWorld(SETTINGS, 0, 0, false, 1, TASKS);
  }

  /** Whether a process came to the end of the log; if not, the loss has stopped it. */
  private static boolean run(TaskWorld world, Losing program) {
    SimulatedLog log = world.log();
    LearnerAgent<TaskState, TaskOutcome> agent =
        new LearnerAgent<>(
            SETTINGS,
            new Publishing(
                "default",
                3,
                new Provenance("linear", "test", "17", "any", Map.of()),
                world.sink()),
            Resumption.ofTasks(SETTINGS, program, 0),
            log,
            world.store(),
            BackupDesk.CLOSED,
            new StatusBoard(SETTINGS.window()));
    try {
      agent.run(log::drained);
      return true;
    } catch (Lost e) {
      assertThat(program.callsAfterLoss).as("calls of a program that is lost").isZero();
      return false;
    }
  }

  private static final class Lost extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  /** Runs well up to some call, and never again. */
  private static final class Losing implements MetaProgram {

    private final MetaProgram program = new LinearProgram();
    private final int losing;
    private int calls;
    private int callsAfterLoss;

    Losing(int losing) {
      this.losing = losing;
    }

    private MetaProgram next() {
      calls++;
      if (calls > losing) {
        callsAfterLoss++;
      }
      if (calls >= losing) {
        throw new Lost();
      }
      return program;
    }

    @Override
    public NetworkSpec network() {
      return program.network();
    }

    @Override
    public Capabilities capabilities() {
      return program.capabilities();
    }

    @Override
    public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
      next().adapt(theta, episodes, loop, adapted);
    }

    @Override
    public void evaluate(
        float[][] adapted,
        List<Episode> episodes,
        NormalizationMode mode,
        List<Evaluation> results) {
      next().evaluate(adapted, episodes, mode, results);
    }

    @Override
    public void metaGradient(
        float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
      next().metaGradient(theta, episodes, objective, gradient);
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
