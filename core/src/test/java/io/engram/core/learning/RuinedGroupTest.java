package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.guard.Case;
import io.engram.core.guard.Cause;
import io.engram.core.guard.Limits;
import io.engram.core.learning.tasks.TaskLearning;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.core.testing.LinearProgram;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A group that ruins the parameters has taught nothing, and the next one goes on from what was there before. */
class RuinedGroupTest {

  private static final int GROUP = 4;

  private final Ruining program = new Ruining();
  private final TaskSettings settings = settings();
  private final LifelongLearner<TaskState, TaskOutcome> learner =
      TaskLearning.learner(settings, program, TaskState.initial(settings), slot -> task(slot));

  @Test
  void goesBackToTheLastGoodState() {
    show(0);
    learner.apply(learner.decide());
    float[] good = learner.state().meta().theta().clone();
    float[] moments = learner.state().meta().moments().second().clone();

    program.ruins = true;
    show(1);
    TaskOutcome outcome = learner.decide();
    assertThat(learner.decide().group().quarantined())
        .as("deciding twice decides the same")
        .isEqualTo(outcome.group().quarantined());
    learner.apply(outcome);
    TaskState state = learner.state();
    assertThat(state.meta().theta()).containsExactly(good);
    assertThat(state.meta().moments().second()).containsExactly(moments);
    assertThat(outcome.group().quarantined()).hasSize(GROUP);
    Case kept = outcome.group().quarantined().get(0);
    assertThat(kept.cause()).isEqualTo(Cause.DIVERGED);
    assertThat(kept.position()).isEqualTo(new LogPosition(0, GROUP));
    assertThat(state.memory().contents().values())
        .extracting(Remembered::position)
        .allMatch(it -> it.offset() < GROUP);
    assertThat(state.progress().tasks()).as("it was passed all the same").isEqualTo(2 * GROUP);
    assertThat(state.scores().tasks()).isEqualTo(GROUP);

    program.ruins = false;
    show(2);
    learner.apply(learner.decide());
    assertThat(learner.state().meta().theta()).isNotEqualTo(good);
    assertThat(learner.state().standing().guard().quarantined().absurd()).isEqualTo(GROUP);
  }

  private void show(int group) {
    for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
      learner.show(task(i), new LogPosition(0, i), 100);
    }
  }

  private static Task task(int number) {
    RandomStream random = new RandomStream(number);
    float[] x = new float[5];
    float[] y = new float[5];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
      y[i] = 3 * x[i];
    }
    ExampleSet set = new ExampleSet(1, x, new Targets.Values(1, y));
    return new Task("t" + number, "k" + number, List.of(), set, set, number);
  }

  private static TaskSettings settings() {
    OuterOptimizer adam = OuterOptimizer.Adam.standard(new Schedule.Constant(0.05));
    return new TaskSettings(
        new Basics(LinearProgram.NETWORK, 11, true, GROUP, true, true, 20).within(Limits.NONE),
        new MetaSettings(
            MetaRule.FIRST_ORDER, InnerLoop.sgd(2, 0.1f), InnerSteps.FIXED, adam, adam, 0),
        new OuterSteps(2, 0, 2, false),
        new MemorySettings(new Capacity.Tasks(8), Retention.RESERVOIR, new ReplayDraw.Uniform()),
        NormalizationMode.TRANSDUCTIVE,
        LabelSpace.PER_TASK);
  }

  /** Gives gradients that are not finite, and does not say so. */
  private static final class Ruining implements MetaProgram {

    private final LinearProgram sound = new LinearProgram();
    private boolean ruins;

    @Override
    public NetworkSpec network() {
      return sound.network();
    }

    @Override
    public Capabilities capabilities() {
      return sound.capabilities();
    }

    @Override
    public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
      sound.adapt(theta, episodes, loop, adapted);
    }

    @Override
    public void evaluate(
        float[][] adapted,
        List<Episode> episodes,
        NormalizationMode mode,
        List<Evaluation> results) {
      sound.evaluate(adapted, episodes, mode, results);
    }

    @Override
    public void metaGradient(
        float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
      sound.metaGradient(theta, episodes, objective, gradient);
      if (ruins) {
        gradient.parameters()[1] = Float.NaN;
      }
    }

    @Override
    public void close() {
      sound.close();
    }
  }
}
