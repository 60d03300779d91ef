package io.engram.experiments.lifelong.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.role.LearnerSettings;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.SessionSource;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.evaluation.AdaptationCurve.Point;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Reception;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.tasks.TaskLearning;
import io.engram.core.meta.MetaStep;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.experiments.lifelong.live.FewShot.Shown;
import io.engram.experiments.stream.TaskStream;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveStreamTest {

  private static final long SEED = 3;
  private static final FewShot TASK = new FewShot(5, 1, 5);
  private static final LivePlan PLAN =
      new LivePlan(
          1,
          TASK,
          2,
          new LivePlan.Stretches(10, 8, 2),
          3,
          40,
          List.of("learner.network=input(1,28,28) flatten dense(5) softmax"));

  @Test
  void earlyAlphabetsNeverReturnLaterOnesDoAndSomeAreNeverSeen() {
    List<String> names = Scribbles.alphabets(20).names();
    Itinerary itinerary = Itinerary.draw(names, 3, 12, SEED);

    assertThat(itinerary.stretches()).hasSize(12).startsWith(itinerary.early().get(0));
    List<String> later = itinerary.stretches().subList(3, 12);
    assertThat(itinerary.stretches().subList(0, 3)).isEqualTo(itinerary.early());
    assertThat(later).doesNotContainAnyElementsOf(itinerary.early());
    assertThat(new HashSet<>(later)).as("three of nine return").hasSize(6);
    for (int i = 1; i < later.size(); i++) {
      assertThat(later.get(i)).isNotEqualTo(later.get(i - 1));
    }
    assertThat(itinerary.unseen()).hasSize(11).doesNotContainAnyElementsOf(itinerary.stretches());
    assertThat(itinerary.seenAfter(5)).hasSize(5);
    assertThat(itinerary).isEqualTo(Itinerary.draw(names, 3, 12, SEED));
    assertThat(itinerary).isNotEqualTo(Itinerary.draw(names, 3, 12, SEED + 1));
    assertThatThrownBy(() -> Itinerary.draw(names, 3, 60, SEED))
        .hasMessageContaining("60 stretches need more than the 20 alphabets");
  }

  @Test
  void aSessionIsOneAlphabetsUnderItsNameWithAsManyDrawingsOfEachCharacter() {
    AlphabetSessions sessions = sessions();
    for (long number : new long[] {0, 7, 8, 79}) {
      String alphabet = sessions.itinerary().stretches().get((int) number / 8);
      assertThat(sessions.key(number)).isEqualTo(alphabet);
      Map<String, Integer> support = new HashMap<>();
      Map<String, Integer> query = new HashMap<>();
      for (LabeledExample example : sessions.examples(number)) {
        assertThat(example.getLabel().toString()).startsWith(alphabet + "/");
        (example.getPart() == Part.SUPPORT ? support : query)
            .merge(example.getLabel().toString(), 1, Integer::sum);
      }
      assertThat(support).hasSize(5).allSatisfy((name, count) -> assertThat(count).isEqualTo(1));
      assertThat(query).hasSize(5).allSatisfy((name, count) -> assertThat(count).isEqualTo(5));
      assertThat(sessions.examples(number)).isEqualTo(sessions.examples(number));
    }
  }

  @Test
  void noDrawingOfAnExamIsInTheStream() {
    Alphabets real = Scribbles.alphabets(20);
    Alphabets signed =
        new Alphabets(
            real.characters(),
            (name, drawer) -> {
              byte[] levels = new byte[28 * 28];
              levels[0] = (byte) drawer;
              return levels;
            });
    AlphabetSessions sessions = sessions(signed);
    Set<Integer> drawers = new HashSet<>();
    for (long number = 0; number < 80; number++) {
      sessions
          .examples(number)
          .forEach(it -> drawers.add(Math.round(255 * Tensors.floats(it.getFeatures())[0])));
    }
    assertThat(drawers).hasSize(Alphabets.LEARNED);

    Exam exam = new Exam(signed, TASK, 3, SEED);
    List<Shown> question = exam.question("Alphabet07", 2);
    assertThat(question).hasSize(30).isEqualTo(exam.question("Alphabet07", 2));
    assertThat(question).isNotEqualTo(exam.question("Alphabet07", 1));
    assertThat(new HashSet<>(question)).as("all different drawings").hasSize(30);
    assertThat(question.stream().map(Shown::drawer)).doesNotContainAnyElementsOf(drawers);
  }

  /** The hidden order of {@code Map.of} changes with every process, and with it a run would never be taken up again. */
  @Test
  void aRunSaysInTheSameWordsWhatItDependsOn() {
    LiveRun run = run();
    assertThat(run.identity())
        .containsSubsequence("sessionsPerStretch=8", "source=alphabets", "stretches=", "task=");
  }

  @Test
  void theStreamWaitsUntilMoreOfItIsReleased() {
    HeldBackSource source =
        new HeldBackSource(new SessionSource(sessions(), OptionalLong.of(80), 1, SEED));
    source.release(42);
    Cursor cursor = source.open(40);
    assertThat(cursor.ready()).isTrue();
    cursor.next();
    assertThat(cursor.next()).isNotNull();
    assertThat(cursor.ready()).isFalse();
    source.release(43);
    assertThat(cursor.ready()).isTrue();
  }

  @Test
  void armsThatLearnVisitEquallyManyEpisodesAndTakeEquallyManyInnerSteps() {
    int full = episodes(Arm.FULL);
    assertThat(full).isPositive();
    // The memory is empty for the first group of four, which so lacks its remembered tasks.
    assertThat(episodes(Arm.WITHOUT_REPLAY)).isEqualTo(full + missingInFirstGroup());
    assertThat(episodes(Arm.WITHOUT_META_UPDATES)).isZero();
    assertThat(settings(Arm.WITHOUT_REPLAY).meta().inner())
        .isEqualTo(settings(Arm.FULL).meta().inner());
  }

  private static int missingInFirstGroup() {
    return settings(Arm.FULL).outer().count() * settings(Arm.FULL).outer().replay();
  }

  @Test
  void withoutMetaUpdatesThetaStaysWhereItBegan() {
    float[] untrained = TaskState.initial(settings(Arm.FULL)).meta().theta();
    assertThat(learn(Arm.WITHOUT_META_UPDATES, outcome -> {})).isEqualTo(untrained);
    assertThat(learn(Arm.FULL, outcome -> {})).isNotEqualTo(untrained);
  }

  @Test
  void anInterruptedRunGoesOnFromItsDirectory(@TempDir Path directory) {
    LiveRun run = run();
    List<Sitting> sat = new ArrayList<>();
    assertThatThrownBy(
            () ->
                run.run(
                    1,
                    directory,
                    sitting -> {
                      sat.add(sitting);
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    assertThatThrownBy(
            () ->
                run.run(
                    2,
                    directory,
                    sitting -> {
                      sat.add(sitting);
                      if (sitting.exam() == 3) {
                        throw new IllegalStateException("enough");
                      }
                    }))
        .hasMessage("enough");

    assertThat(sat.stream().map(Sitting::tasks)).containsExactly(16L, 32L, 48L);
    assertThat(sat.stream().map(Sitting::version)).containsExactly(1L, 2L, 3L);
    assertThat(sat).allSatisfy(it -> assertThat(it.scores()).hasSize(20));
    AdaptationCurves adaptation = requireNonNull(sat.get(0).adaptation());
    assertThat(adaptation.overSteps()).extracting(Point::x).isEqualTo(AdaptationExam.STEPS);
    assertThat(adaptation.overSteps().get(5).score())
        .as("told apart")
        .isGreaterThan(0.5)
        .isGreaterThan(adaptation.overSteps().get(0).score());
    assertThat(adaptation.overShots()).extracting(Point::x).isEqualTo(AdaptationExam.SHOTS);
    assertThat(sat.get(1).adaptation()).isNull();
    assertThat(sat.get(2).prequential()).isBetween(1.0, 100.0);
  }

  private static LiveRun run() {
    Alphabets alphabets = Scribbles.alphabets(20);
    return new LiveRun(
        PLAN,
        sessions(),
        new Exam(alphabets, TASK, 1, SEED),
        new AdaptationExam(alphabets, List.of("Alphabet18", "Alphabet19"), TASK.ways(), 2, SEED),
        Arm.FULL,
        SEED);
  }

  private static AlphabetSessions sessions() {
    return sessions(Scribbles.alphabets(20));
  }

  private static AlphabetSessions sessions(Alphabets alphabets) {
    Itinerary itinerary =
        Itinerary.draw(alphabets.names(), PLAN.early(), PLAN.stretches().count(), SEED);
    return new AlphabetSessions(alphabets, itinerary, TASK, PLAN.stretches().sessions(), SEED);
  }

  private static TaskSettings settings(Arm arm) {
    return LearnerSettings.ofTasks(PLAN.settings(arm, SEED, Path.of("unused")));
  }

  private static int episodes(Arm arm) {
    int[] episodes = {0};
    learn(
        arm, outcome -> episodes[0] += outcome.steps().stream().mapToInt(MetaStep::episodes).sum());
    return episodes[0];
  }

  /** The stream without Kafka, the memory in a map; θ at its end. */
  private static float[] learn(Arm arm, Consumer<TaskOutcome> seen) {
    TaskSettings settings = settings(arm);
    Map<Long, Task> shown = new HashMap<>();
    Map<Integer, Task> memory = new HashMap<>();
    SessionSource source = new SessionSource(sessions(), OptionalLong.of(80), 1, SEED);
    try (MetaProgram program = new FusedEngine(1).compile(settings.network());
        Cursor cursor = source.open(0)) {
      LifelongLearner<TaskState, TaskOutcome> learner =
          TaskLearning.learner(
              settings,
              program,
              TaskState.initial(settings),
              slot -> requireNonNull(memory.get(slot)));
      TaskStream tasks = new TaskStream(cursor, TASK.examples());
      long position = 0;
      for (Task task = tasks.next(); task != null; task = tasks.next()) {
        shown.put(position, task);
        if (learner.show(task, new LogPosition(0, position++), 1)
            instanceof Reception.GroupComplete) {
          TaskOutcome outcome = learner.decide();
          learner.apply(outcome);
          for (int slot = 0; slot < learner.state().memory().size(); slot++) {
            long offset = learner.state().memory().at(slot).position().offset();
            memory.put(slot, requireNonNull(shown.get(offset)));
          }
          seen.accept(outcome);
        }
      }
      return learner.state().meta().theta();
    }
  }
}
