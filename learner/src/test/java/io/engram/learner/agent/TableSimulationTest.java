package io.engram.learner.agent;

import static io.engram.learner.agent.PublishedVersions.versions;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.tables.Question;
import io.engram.core.tables.TableModel;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.learner.TableTasks;
import io.engram.model.Adaptation;
import io.engram.model.VersionCodec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The learner of tables, killed before or after any step, shown the log again in pieces of any size, the newest commits lost with the power:
 * it ends with the same model, trust, memory and published versions, to the bit.
 */
class TableSimulationTest {

  private static final int TASKS = 61;
  private static final int HISTORIES = 12;

  static Stream<TableSettings> learners() {
    return Stream.of(TableTasks.numbers(20), TableTasks.classes(20));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void crashesLeaveNoTrace(TableSettings settings) {
    TableWorld calm = run(new TableWorld(settings, 0, 0, false, TASKS));
    assertThat(calm.committed().state().growth().fits()).as("fits").isGreaterThan(5);
    int kills = 0;
    int lost = 0;
    for (long seed = 1; seed <= HISTORIES; seed++) {
      double crashes = 0.01 + 0.04 * (seed % 4) / 4;
      TableWorld world = run(new TableWorld(settings, seed, crashes, seed % 2 == 0, TASKS));
      assertSame(world, calm, seed);
      kills += world.kills();
      lost += world.lostCommits();
    }
    assertThat(kills).as("kills").isGreaterThan(HISTORIES);
    assertThat(lost).as("commits lost with the power").isPositive();
  }

  /** What a consumer reads answers to the bit as what was published. */
  @ParameterizedTest
  @MethodSource("learners")
  void aVersionAnswersAsTheLearnerDoes(TableSettings settings) {
    TableWorld world = run(new TableWorld(settings, 0, 0, false, 57));
    List<Candidate> published = world.published();
    Candidate last = published.get(published.size() - 1);
    Adaptation adaptation = VersionCodec.decode(last.manifest(), last.parameters()).adaptation();
    TableModel read = ((Adaptation.ByTable) adaptation).model();
    TableModel own = world.committed().state().model();
    assertThat(read.flat()).containsExactly(own.flat());
    ExampleSet examples = examples(settings);
    Question question = own.ask(examples, examples);
    assertThat(read.answer(read.ask(examples, examples))).isDeepEqualTo(own.answer(question));
  }

  private static ExampleSet examples(TableSettings settings) {
    int columns = settings.network().input().size();
    float[] inputs = new float[4 * columns];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i % 7;
    }
    Targets targets =
        settings.shape().classes()
            ? new Targets.Classes(2, new int[] {0, 1, 1, 0})
            : new Targets.Values(1, new float[] {1, 2, 3, 4});
    return new ExampleSet(columns, inputs, targets);
  }

  private static void assertSame(TableWorld world, TableWorld calm, long seed) {
    TableState state = world.committed().state();
    TableState expected = calm.committed().state();
    assertThat(state.progress()).as("seed %d", seed).isEqualTo(expected.progress());
    assertThat(state.model().flat()).as("seed %d", seed).containsExactly(expected.model().flat());
    assertThat(state.experience().trust()).containsExactly(expected.experience().trust());
    assertThat(state.experience().doubt()).containsExactly(expected.experience().doubt());
    assertThat(state.experience().recent()).containsExactly(expected.experience().recent());
    assertThat(state.growth()).isEqualTo(expected.growth());
    assertThat(state.heldOut().tasks().keySet()).isEqualTo(expected.heldOut().tasks().keySet());
    assertThat(state.heldOut().tasks()).as("held out").hasSize(10);
    assertThat(state.retained()).isEqualTo(expected.retained());
    assertThat(state.retained().score()).as("retained").isNotNaN();
    assertThat(state.memory().contents()).isEqualTo(expected.memory().contents());
    assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
    assertThat(versions(world)).isEqualTo(versions(calm));
  }

  private static TableWorld run(TableWorld world) {
    while (!run(world, world.log())) {
      assertThat(world.kills()).isLessThan(100_000);
    }
    return world;
  }

  /** Runs one process to the end of the log, or until it is killed: then false. */
  private static boolean run(TableWorld world, SimulatedLog log) {
    try {
      LearnerAgent<TableState, TableOutcome> agent =
          new LearnerAgent<>(
              world.settings(),
              new Publishing(
                  "default",
                  3,
                  new Provenance("none", "test", "17", "any", Map.of()),
                  world.sink()),
              Resumption.ofTables(world.settings()),
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
}
