package io.engram.learner.agent;

import static io.engram.learner.agent.PublishedVersions.versions;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.SparseInput;
import io.engram.core.compute.StreamProgram;
import io.engram.core.continual.ContinualState;
import io.engram.core.continual.DurableLearner;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.Kept;
import io.engram.core.continual.StreamExample;
import io.engram.core.lifelong.LifelongLearner;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.DriftingClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every continual learner, killed before or after any step, shown the log again in pieces of any size, the newest commits lost with
 * the power: it ends with the same θ, vectors, counters, examples and published versions, to the bit.
 */
class ContinualSimulationTest {

  private static final int TASKS = 61;
  private static final int TASKS_WITHOUT_POISON = 16;
  private static final int HISTORIES = 20;

  static Stream<DurableSettings> learners() {
    return DriftingClasses.learners();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void crashesLeaveNoTrace(DurableSettings learner) {
    LifelongSettings settings = DriftingClasses.settings(learner);
    SimulatedWorld calm = run(new SimulatedWorld(settings, 0, 0, false, 1, TASKS));
    int kills = 0;
    int lost = 0;
    for (long seed = 1; seed <= HISTORIES; seed++) {
      double crashes = 0.01 + 0.07 * (seed % 8) / 8;
      SimulatedWorld world =
          run(new SimulatedWorld(settings, seed, crashes, seed % 2 == 0, 1, TASKS));
      assertSame(world, calm, seed);
      kills += world.kills();
      lost += world.lostCommits();
    }
    assertThat(kills).as("kills").isGreaterThan(HISTORIES);
    assertThat(lost).as("commits lost with the power").isPositive();
  }

  /** So what the bench measures of a learner holds for the service. */
  @ParameterizedTest
  @MethodSource("learners")
  void whatRunsInTheServiceIsTheLearnerItself(DurableSettings learner) {
    LifelongSettings settings = DriftingClasses.settings(learner, false);
    SimulatedWorld world = run(new SimulatedWorld(settings, 0, 0, false, 1, TASKS_WITHOUT_POISON));
    int parameters = settings.network().layout().length();
    DurableLearner itself =
        learner.start(
            new FusedEngine(1).compileStream(settings.network()),
            LifelongState.initial(settings).meta().theta(),
            settings.seed());
    int committed = TASKS_WITHOUT_POISON - TASKS_WITHOUT_POISON % settings.groupSize();
    for (int number = 0; number < committed; number++) {
      List<StreamExample> examples = examples(TaskDecoder.decode(DriftingClasses.task(number)));
      for (int from = 0; from < examples.size(); from += itself.arriving()) {
        itself.learn(examples.subList(from, Math.min(examples.size(), from + itself.arriving())));
      }
    }
    float[] theta = new float[parameters];
    itself.store(theta);
    assertThat(world.committed().state().meta().theta()).containsExactly(theta);
  }

  private static List<StreamExample> examples(Task task) {
    List<StreamExample> examples = new ArrayList<>();
    for (ExampleSet part : List.of(task.support(), task.query())) {
      int[] labels = ((Targets.Classes) part.targets()).classes();
      for (int i = 0; i < part.size(); i++) {
        float[] input =
            Arrays.copyOfRange(part.inputs(), i * part.inputSize(), (i + 1) * part.inputSize());
        examples.add(new StreamExample(SparseInput.of(input), labels[i]));
      }
    }
    return examples;
  }

  @Test
  void withItsDiskLostItLearnsTheLogAgainToTheSameBits() {
    LifelongSettings settings = DriftingClasses.settings(DriftingClasses.ours(30));
    SimulatedWorld world = run(new SimulatedWorld(settings, 0, 0, false, 1, TASKS));
    LifelongState before = world.committed().state();
    Map<String, String> published = versions(world);
    Candidate champion = world.published().get(world.published().size() - 1);
    world.loseDisk();
    assertThat(
            new Rebuild(settings, world.new Store(), world.new Log(), published(champion)).ifLost())
        .as("θ alone is not what it was")
        .isEmpty();
    run(world);
    assertThat(world.committed().state().meta().theta()).containsExactly(before.meta().theta());
    assertSame(world.committed().state().stream(), before.stream());
    assertThat(versions(world)).isEqualTo(published);
  }

  private static PublishedModels published(Candidate champion) {
    return new PublishedModels() {
      @Override
      public Optional<Candidate> champion() {
        return Optional.of(champion);
      }

      @Override
      public long newestGroup() {
        return CandidateIds.groups(champion.id());
      }
    };
  }

  private static void assertSame(SimulatedWorld world, SimulatedWorld calm, long seed) {
    LifelongState state = world.committed().state();
    LifelongState expected = calm.committed().state();
    assertThat(state.progress()).as("seed %d", seed).isEqualTo(expected.progress());
    assertThat(state.meta().theta()).as("seed %d", seed).containsExactly(expected.meta().theta());
    assertThat(state.meta().updates()).isEqualTo(expected.meta().updates());
    assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
    assertSame(state.stream(), expected.stream());
    assertThat(versions(world)).isEqualTo(versions(calm));
  }

  private static void assertSame(ContinualState state, ContinualState expected) {
    assertThat(state.counts()).isEqualTo(expected.counts());
    assertThat(state.vectors()).hasSameSizeAs(expected.vectors());
    state
        .vectors()
        .forEach((name, v) -> assertThat(v).containsExactly(expected.vectors().get(name)));
    List<Kept> memory = state.memory();
    assertThat(memory).hasSameSizeAs(expected.memory());
    for (int i = 0; i < memory.size(); i++) {
      Kept kept = memory.get(i);
      Kept other = expected.memory().get(i);
      assertThat(kept.example().label()).isEqualTo(other.example().label());
      assertThat(kept.logits()).containsExactly(other.logits());
      assertThat(kept.example().input().dense()).containsExactly(other.example().input().dense());
    }
  }

  private static SimulatedWorld run(SimulatedWorld world) {
    StreamProgram program = new FusedEngine(1).compileStream(world.settings().network());
    while (!run(world, program, world.new Log())) {
      assertThat(world.kills()).isLessThan(100_000);
    }
    return world;
  }

  /** Runs one process to the end of the log, or until it is killed: then false. */
  private static boolean run(SimulatedWorld world, StreamProgram program, SimulatedWorld.Log log) {
    try {
      new LearnerAgent(
              "default",
              world.settings(),
              3,
              0,
              (state, memory) -> new LifelongLearner(world.settings(), program, state),
              new Provenance("fused", "test", "17", "any", Map.of()),
              log,
              world.new Store(),
              world.new Sink(),
              BackupDesk.CLOSED,
              new StatusBoard(world.settings().window()))
          .run(log::drained);
      return true;
    } catch (Crash crash) {
      return false;
    }
  }
}
