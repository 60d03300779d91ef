package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.tables.TableLearning;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TableLearningTest {

  private static final int HALF = 10;
  private static final int GROUP = 3;

  private final Map<Integer, Task> memory = new HashMap<>();

  private LifelongLearner<TableState, TableOutcome> learner(double heldOut) {
    TableSettings settings =
        new TableSettings(
            new Basics(
                NetworkSpec.parse("input(2) dense(1) mse"), 7, false, GROUP, false, true, 100),
            new MemorySettings(
                new Capacity.Tasks(60), Retention.RESERVOIR, new ReplayDraw.Uniform()),
            new HoldOut(heldOut, 20));
    return TableLearning.learner(
        settings, TableState.initial(settings), slot -> Objects.requireNonNull(memory.get(slot)));
  }

  @Test
  void decidingTwiceDecidesTheSame() {
    LifelongLearner<TableState, TableOutcome> learner = learner(0);
    run(learner, 0, 30, false);
    show(learner, 30);
    show(learner, 31);
    show(learner, 32);
    TableOutcome once = learner.decide();
    TableOutcome twice = learner.decide();
    assertThat(twice.model().flat()).containsExactly(once.model().flat());
    assertThat(twice.experience().trust()).containsExactly(once.experience().trust());
    assertThat(twice.experience().doubt()).containsExactly(once.experience().doubt());
    assertThat(twice.experience().recent()).containsExactly(once.experience().recent());
  }

  /** Labels drawn anew within each task: nothing but their mean is to be known. */
  @Test
  void whereNothingHelpsItIsHardlyWorseThanTheSupportsMean() {
    LifelongLearner<TableState, TableOutcome> learner = learner(0);
    run(learner, 0, 240, true);
    double model = 0;
    double mean = 0;
    for (TaskScore score : learner.state().scores().lastScores()) {
      model += score.model();
      mean += score.untrained();
    }
    assertThat(model).isLessThan(1.02 * mean);
  }

  @Test
  void whatIsHeldOutIsNotRememberedAndEveryVersionIsAskedAboutIt() {
    LifelongLearner<TableState, TableOutcome> learner = learner(0.3);
    run(learner, 0, 90, false);
    learner.examine();
    TableState state = learner.state();
    assertThat(state.heldOut().tasks()).hasSizeBetween(12, 20);
    assertThat(state.remembered()).isLessThanOrEqualTo(60);
    assertThat(state.retained().score()).isLessThan(1);
    learner.examine();
    assertThat(learner.state().retained().before()).isEqualTo(state.retained().score());
  }

  private void run(
      LifelongLearner<TableState, TableOutcome> learner, int from, int to, boolean noise) {
    for (int number = from; number < to; number++) {
      Task task = task(number, noise);
      if (learner.show(task, new LogPosition(0, number), 100) instanceof Reception.GroupComplete) {
        TableOutcome outcome = learner.decide();
        learner.apply(outcome);
        for (int i = 0; i < outcome.admissions().size(); i++) {
          if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
            memory.keySet().removeAll(kept.emptied());
            memory.put(kept.slot(), outcome.arrivals().get(i).task());
          }
        }
      }
    }
  }

  private static void show(LifelongLearner<TableState, TableOutcome> learner, int number) {
    learner.show(task(number, false), new LogPosition(0, number), 100);
  }

  private static Task task(int number, boolean noise) {
    RandomStream random = new RandomStream(number);
    double level = 3 * random.nextGaussian();
    return new Task(
        "t" + number,
        "k" + number % 20,
        List.of(),
        set(random, level, noise),
        set(random, level, noise),
        number);
  }

  private static ExampleSet set(RandomStream random, double level, boolean noise) {
    float[] inputs = new float[2 * HALF];
    float[] labels = new float[HALF];
    for (int i = 0; i < HALF; i++) {
      inputs[2 * i] = (float) random.nextGaussian();
      inputs[2 * i + 1] = (float) random.nextGaussian();
      double signal = noise ? 0 : 2 * inputs[2 * i];
      labels[i] = (float) (level + signal + random.nextGaussian());
    }
    return new ExampleSet(2, inputs, new Targets.Values(1, labels));
  }
}
