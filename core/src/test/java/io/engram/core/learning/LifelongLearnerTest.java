package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.tasks.TaskLearning;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.core.testing.LinearProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifelongLearnerTest {

  private static final int BYTES = 100;

  @Test
  void learnsWhatItsTasksHaveInCommon() {
    Run run = new Run(settings(false), TaskState.initial(settings(false)), new HashMap<>());
    run.show(0, 400);
    assertThat(run.learner.state().scores().lastWindow().model())
        .as("tasks share their slope: after learning it, only the offset is left to adapt")
        .isLessThan(0.2 * run.learner.state().scores().lastWindow().untrained());
    assertThat(run.learner.state().meta().theta()[0]).isBetween(2.8f, 3.2f);
  }

  @ParameterizedTest
  @MethodSource("draws")
  void takenUpFromItsStateItGoesOnBitForBit(ReplayDraw draw) {
    TaskSettings settings = settings(MetaRule.FIRST_ORDER, true, draw);
    Run whole = new Run(settings, TaskState.initial(settings), new HashMap<>());
    whole.show(0, 50);

    Run first = new Run(settings, TaskState.initial(settings), new HashMap<>());
    first.show(0, 31);
    TaskState committed = first.learner.state();
    Run second = new Run(settings, committed, first.memory);
    long next = committed.progress().nextOffsets().getOrDefault(0, 0L);
    assertThat(next).as("three tasks of a group were waiting and are shown again").isEqualTo(28);
    second.show((int) next, 50);

    assertThat(second.learner.state().meta().theta())
        .containsExactly(whole.learner.state().meta().theta());
    assertThat(second.learner.state().scores().lastScores())
        .isEqualTo(whole.learner.state().scores().lastScores());
    assertThat(second.learner.state().progress()).isEqualTo(whole.learner.state().progress());
    assertThat(second.memory).isEqualTo(whole.memory);
  }

  /** What transactions leave between tasks follows from time: it must not matter where draws go by arrival, and does where they go by position. */
  @ParameterizedTest
  @MethodSource("draws")
  void gapsInTheLogMatterOnlyWhereDrawsGoByPosition(ReplayDraw draw) {
    TaskSettings byPosition = settings(MetaRule.FIRST_ORDER, true, draw);
    TaskSettings byArrival = drawing(byPosition, DrawBy.ARRIVAL);

    assertThat(thetaWithGaps(byArrival, 3)).containsExactly(thetaWithGaps(byArrival, 1));
    assertThat(thetaWithGaps(byArrival, 1)).containsExactly(thetaWithGaps(byPosition, 1));
    assertThat(thetaWithGaps(byPosition, 3)).isNotEqualTo(thetaWithGaps(byPosition, 1));
  }

  /** θ after tasks of which each stands so many offsets behind the one before. */
  private static float[] thetaWithGaps(TaskSettings settings, int step) {
    Run run = new Run(settings, TaskState.initial(settings), new HashMap<>());
    run.show(0, 60, step);
    return run.learner.state().meta().theta();
  }

  private static TaskSettings drawing(TaskSettings settings, DrawBy by) {
    return new TaskSettings(
        settings.basics().drawing(by),
        settings.meta(),
        settings.outer(),
        settings.memory(),
        settings.scoring(),
        settings.labelSpace(),
        settings.holdOut());
  }

  @Test
  void aTaskShownTwiceIsLearnedFromOnce() {
    Run run = new Run(settings(false), TaskState.initial(settings(false)), new HashMap<>());
    run.show(0, 6);
    assertThat(run.learner.show(task(2), new LogPosition(0, 2), BYTES))
        .isInstanceOf(Reception.Duplicate.class);
    assertThat(run.learner.show(task(5), new LogPosition(0, 5), BYTES))
        .isInstanceOf(Reception.Duplicate.class);
    assertThat(run.learner.waiting()).hasSize(2);
  }

  @Test
  void scoringEarlyOrLateGivesTheSameScores() {
    Run late = new Run(settings(true), TaskState.initial(settings(true)), new HashMap<>());
    Run early = new Run(settings(true), TaskState.initial(settings(true)), new HashMap<>());
    late.show(0, 24);
    for (int i = 0; i < 24; i++) {
      early.show(i, i + 1);
      early.learner.takeUpWaiting();
    }
    assertThat(early.learner.state().scores().lastScores())
        .isEqualTo(late.learner.state().scores().lastScores());
  }

  @Test
  void whatCannotBeLearnedIsRefusedWithAReasonAndPassed() {
    Run run = new Run(settings(false), TaskState.initial(settings(false)), new HashMap<>());
    ExampleSet wide = new ExampleSet(2, new float[2], new Targets.Values(1, new float[1]));
    assertThat(refusal(run, 0, wide)).contains("2 features", "input(1) dense(1) mse");
    ExampleSet nan =
        new ExampleSet(1, new float[] {Float.NaN}, new Targets.Values(1, new float[1]));
    assertThat(refusal(run, 1, nan)).contains("NaN");
    ExampleSet classes = new ExampleSet(1, new float[1], new Targets.Classes(1, new int[1]));
    assertThat(refusal(run, 2, classes)).contains("targets");
    run.show(3, 7);
    assertThat(run.learner.state().progress().refused()).isEqualTo(3);
    assertThat(run.learner.state().progress().nextOffsets()).containsEntry(0, 7L);
  }

  @Test
  void anAlgorithmTheEngineCannotRunStopsTheStart() {
    TaskSettings secondOrder = settings(MetaRule.SECOND_ORDER, false);
    assertThatThrownBy(
            () ->
                TaskLearning.learner(
                    secondOrder,
                    new LinearProgram(),
                    TaskState.initial(secondOrder),
                    slot -> task(0)))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("SECOND_ORDER");
  }

  private static String refusal(Run run, long offset, ExampleSet examples) {
    List<String> classes = examples.targets() instanceof Targets.Classes ? List.of("a") : List.of();
    Reception reception =
        run.learner.show(
            new Task("bad", "k", classes, examples, examples, 0),
            new LogPosition(0, offset),
            BYTES);
    assertThat(reception).isInstanceOf(Reception.Refused.class);
    return ((Reception.Refused) reception).reason();
  }

  private static TaskSettings settings(boolean standardise) {
    return settings(MetaRule.FIRST_ORDER, standardise);
  }

  private static Stream<ReplayDraw> draws() {
    return Stream.of(
        new ReplayDraw.Uniform(),
        new ReplayDraw.RecencyWeighted(5),
        new ReplayDraw.SurpriseWeighted(),
        new ReplayDraw.SimilarToTask(3));
  }

  private static TaskSettings settings(MetaRule rule, boolean standardise) {
    return settings(rule, standardise, new ReplayDraw.Uniform());
  }

  private static TaskSettings settings(MetaRule rule, boolean standardise, ReplayDraw draw) {
    MetaSettings meta =
        new MetaSettings(
            rule,
            InnerLoop.sgd(2, 0.1f),
            InnerSteps.FIXED,
            OuterOptimizer.Adam.standard(new Schedule.Constant(0.05)),
            OuterOptimizer.Adam.standard(new Schedule.Constant(0.05)),
            0);
    return new TaskSettings(
        new Basics(LinearProgram.NETWORK, 11, true, 4, standardise, true, 20),
        meta,
        new OuterSteps(2, 0, 2, false),
        new MemorySettings(new Capacity.Tasks(8), Retention.RESERVOIR, draw),
        NormalizationMode.TRANSDUCTIVE,
        LabelSpace.PER_TASK);
  }

  /** Task i: y = 3x + bᵢ on a few points. */
  private static Task task(int i) {
    RandomStream random = new RandomStream(i);
    float offset = (float) random.nextGaussian() * 0.3f;
    return new Task(
        "t" + i, "k", List.of(), examples(5, offset, random), examples(5, offset, random), i);
  }

  private static ExampleSet examples(int count, float offset, RandomStream random) {
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (4 * random.nextDouble() - 2);
      y[i] = 3 * x[i] + offset;
    }
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }

  /** A learner with a memory in a map, as a store would keep it. */
  private static final class Run {
    final Map<Integer, Integer> memory;
    final LifelongLearner<TaskState, TaskOutcome> learner;

    Run(TaskSettings settings, TaskState state, Map<Integer, Integer> memory) {
      this.memory = memory;
      this.learner =
          TaskLearning.learner(
              settings, new LinearProgram(), state, slot -> task(memory.getOrDefault(slot, -1)));
    }

    List<TaskScore> show(int from, int to) {
      return show(from, to, 1);
    }

    List<TaskScore> show(int from, int to, int step) {
      List<TaskScore> scores = new ArrayList<>();
      for (int i = from; i < to; i++) {
        if (learner.show(task(i), new LogPosition(0, (long) i * step), BYTES)
            instanceof Reception.GroupComplete) {
          TaskOutcome outcome = learner.decide();
          learner.apply(outcome);
          scores.addAll(outcome.scores());
          remember(outcome, step);
        }
      }
      return scores;
    }

    private void remember(TaskOutcome outcome, int step) {
      for (int i = 0; i < outcome.arrivals().size(); i++) {
        int task = (int) outcome.arrivals().get(i).position().offset() / step;
        if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
          memory.keySet().removeAll(kept.emptied());
          memory.put(kept.slot(), task);
        }
      }
    }
  }
}
