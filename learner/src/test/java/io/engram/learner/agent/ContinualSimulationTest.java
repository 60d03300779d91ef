package io.engram.learner.agent;

import static io.engram.learner.agent.PublishedVersions.versions;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.continual.ContinualState;
import io.engram.core.continual.DurableLearner;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.Kept;
import io.engram.core.continual.StreamExample;
import io.engram.core.learning.Examination;
import io.engram.core.learning.Examination.PastVersion;
import io.engram.core.learning.HeldOut;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.DriftingClasses;
import io.engram.model.TaskCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every continual learner, killed before or after any step, shown the log again in pieces of any size, the newest commits lost with
 * the power: it ends with the same θ, vectors, counters, examples, learned and held out, and published versions with their scores, to the bit.
 */
class ContinualSimulationTest {

  private static final int TASKS = 61;
  private static final int TASKS_WITHOUT_POISON = 16;

  /** Groups of 3 tasks, every third published, 3 poisoned records between them. */
  private static final int LAST_IS_PUBLISHED = 57;

  private static final int HISTORIES = 20;

  static Stream<DurableSettings> learners() {
    return DriftingClasses.learners();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void crashesLeaveNoTrace(DurableSettings learner) {
    StreamSettings settings = DriftingClasses.settings(learner);
    StreamWorld calm = run(new StreamWorld(settings, 0, 0, false, 1, TASKS));
    int kills = 0;
    int lost = 0;
    for (long seed = 1; seed <= HISTORIES; seed++) {
      double crashes = 0.01 + 0.07 * (seed % 8) / 8;
      StreamWorld world = run(new StreamWorld(settings, seed, crashes, seed % 2 == 0, 1, TASKS));
      assertSame(world, calm, seed);
      kills += world.kills();
      lost += world.lostCommits();
    }
    assertThat(kills).as("kills").isGreaterThan(HISTORIES);
    assertThat(lost).as("commits lost with the power").isPositive();
  }

  /** So what the bench measures of a learner holds for the service, and what it holds out was never learned. */
  @ParameterizedTest
  @MethodSource("learners")
  void whatRunsInTheServiceIsTheLearnerItself(DurableSettings learner) {
    StreamSettings settings = DriftingClasses.settings(learner, false);
    StreamWorld world = run(new StreamWorld(settings, 0, 0, false, 1, TASKS_WITHOUT_POISON));
    Set<FloatBuffer> heldOut = heldOut(world.committed().state());
    assertThat(heldOut).as("held out").hasSizeGreaterThan(10);
    int parameters = settings.network().layout().length();
    DurableLearner itself = start(settings, StreamState.initial(settings).theta());
    int committed = TASKS_WITHOUT_POISON - TASKS_WITHOUT_POISON % settings.groupSize();
    for (int number = 0; number < committed; number++) {
      List<StreamExample> examples = examples(TaskCodec.decode(DriftingClasses.task(number)));
      for (int from = 0; from < examples.size(); from += itself.arriving()) {
        List<StreamExample> arrived =
            new ArrayList<>(
                examples.subList(from, Math.min(examples.size(), from + itself.arriving())));
        arrived.removeIf(example -> heldOut.contains(dense(example)));
        if (!arrived.isEmpty()) {
          itself.learn(arrived);
        }
      }
    }
    float[] theta = new float[parameters];
    itself.store(theta);
    assertThat(world.committed().state().theta()).containsExactly(theta);
  }

  /** Both scores of the last version are counted again, one example at a time, by learners begun at what was published. */
  @ParameterizedTest
  @MethodSource("learners")
  void aVersionStatesWhatItAndTheBestBeforeItGetRightOfWhatWasHeldOut(DurableSettings learner) {
    StreamSettings settings = DriftingClasses.settings(learner, false);
    StreamWorld world = run(new StreamWorld(settings, 0, 0, false, 1, LAST_IS_PUBLISHED));
    HeldOut heldOut = world.committed().state().heldOut();
    assertThat(heldOut.examples()).hasSize(DriftingClasses.HELD_OUT.examples());
    List<Candidate> versions = world.published();
    Candidate last = versions.get(versions.size() - 1);
    Map<String, Double> metrics = last.manifest().getMetrics();
    assertThat(metrics.get("retained.score")).isEqualTo(share(settings, last, heldOut));
    assertThat(metrics.get("retained.before"))
        .isIn(versions.stream().map(version -> share(settings, version, heldOut)).toList());
    assertThat(versions.get(0).manifest().getMetrics())
        .as("of a handful of examples it would be chance")
        .doesNotContainKeys("retained.score", "retained.before");
  }

  private static double share(StreamSettings settings, Candidate version, HeldOut heldOut) {
    float[] theta = new float[settings.network().layout().length()];
    ByteBuffer.wrap(version.parameters()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(theta);
    DurableLearner published = start(settings, theta);
    int right = 0;
    for (StreamExample example : heldOut.examples().values()) {
      StreamBatch batch = new StreamBatch(settings.network().outputs());
      batch.add(example.input());
      float[] logits = new float[batch.outputs()];
      published.predict(batch, logits);
      right += strictlyLargest(logits, example.label()) ? 1 : 0;
    }
    return (double) right / heldOut.examples().size();
  }

  private static boolean strictlyLargest(float[] logits, int label) {
    boolean largest = true;
    for (int other = 0; other < logits.length; other++) {
      largest &= other == label || logits[label] > logits[other];
    }
    return largest;
  }

  private static DurableLearner start(StreamSettings settings, float[] theta) {
    return settings
        .learner()
        .start(new FusedEngine(1).compileStream(settings.network()), theta, settings.seed());
  }

  private static Set<FloatBuffer> heldOut(StreamState state) {
    return state.heldOut().examples().values().stream()
        .map(ContinualSimulationTest::dense)
        .collect(Collectors.toSet());
  }

  /** Equal where all features are. */
  private static FloatBuffer dense(StreamExample example) {
    return FloatBuffer.wrap(example.input().dense());
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
    StreamSettings settings = DriftingClasses.settings(DriftingClasses.ours(30));
    StreamWorld world = run(new StreamWorld(settings, 0, 0, false, 1, TASKS));
    StreamState before = world.committed().state();
    Map<String, String> published = versions(world);
    Candidate champion = world.published().get(world.published().size() - 1);
    world.loseDisk();
    assertThat(new LearningAgain(world.store(), published(champion)).ifLost())
        .as("θ alone is not what it was")
        .isEmpty();
    run(world);
    assertThat(world.committed().state().theta()).containsExactly(before.theta());
    assertSame(world.committed().state().learner(), before.learner());
    assertSame(world.committed().state().heldOut(), before.heldOut());
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

  private static void assertSame(StreamWorld world, StreamWorld calm, long seed) {
    StreamState state = world.committed().state();
    StreamState expected = calm.committed().state();
    assertThat(state.progress()).as("seed %d", seed).isEqualTo(expected.progress());
    assertThat(state.theta()).as("seed %d", seed).containsExactly(expected.theta());
    assertThat(state.updates()).isEqualTo(expected.updates());
    assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
    assertSame(state.learner(), expected.learner());
    assertSame(state.heldOut(), expected.heldOut());
    assertSame(state.examination(), expected.examination());
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

  private static void assertSame(HeldOut heldOut, HeldOut expected) {
    assertThat(heldOut.examples().keySet()).isEqualTo(expected.examples().keySet());
    assertThat(inputs(heldOut)).isEqualTo(inputs(expected));
  }

  private static void assertSame(Examination examination, Examination expected) {
    assertThat(examination.score()).isEqualTo(expected.score());
    assertThat(examination.before()).isEqualTo(expected.before());
    PastVersion best = Objects.requireNonNull(examination.best(), "nothing was examined");
    assertThat(best.theta()).containsExactly(Objects.requireNonNull(expected.best()).theta());
  }

  private static List<FloatBuffer> inputs(HeldOut heldOut) {
    return heldOut.examples().values().stream().map(ContinualSimulationTest::dense).toList();
  }

  private static StreamWorld run(StreamWorld world) {
    StreamProgram program = new FusedEngine(1).compileStream(world.settings().network());
    while (!run(world, program, world.log())) {
      assertThat(world.kills()).isLessThan(100_000);
    }
    return world;
  }

  /** Runs one process to the end of the log, or until it is killed: then false. */
  private static boolean run(StreamWorld world, StreamProgram program, SimulatedLog log) {
    try {
      new LearnerAgent<>(
              world.settings(),
              new Publishing(
                  "default",
                  3,
                  new Provenance("fused", "test", "17", "any", Map.of()),
                  world.sink()),
              Resumption.ofStream(world.settings(), program),
              log,
              world.store(),
              BackupDesk.CLOSED,
              new StatusBoard(world.settings().window()))
          .run(log::drained);
      return true;
    } catch (Crash crash) {
      return false;
    }
  }
}
