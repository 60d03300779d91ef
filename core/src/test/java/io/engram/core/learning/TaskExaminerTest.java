package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.learning.HeldOutTasks.Kept;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Versions here are numbers: what they score on the first task, and 1/128 more on each later one. */
class TaskExaminerTest {

  private static final TaskHoldOut HOLD_OUT = new TaskHoldOut(new HoldOut(0.5, 12), 7);

  private final List<Integer> asked = new ArrayList<>();

  @Test
  void ofFewTasksThereIsNoScore() {
    assertThat(accuracies().of(0.5, null, sample(7), 3)).isEqualTo(TaskExamination.none());
  }

  @Test
  void theOldestAndTheNewestQuarterAreToldApart() {
    TaskExamination<Double> first = accuracies().of(0.5, null, sample(8), 3);
    assertThat(first.best()).isEqualTo(0.5);
    assertThat(first.retained().score()).isEqualTo(0.5 + 3.5 / 128);
    assertThat(first.retained().before()).isNaN();
    assertThat(first.retained().oldest()).isEqualTo(0.5 + 0.5 / 128);
    assertThat(first.retained().newest()).isEqualTo(0.5 + 6.5 / 128);
  }

  @Test
  void theBetterOneIsComparedToFromThenOn() {
    TaskExamination<Double> worse = accuracies().of(0.25, 0.5, sample(8), 3);
    assertThat(worse.best()).isEqualTo(0.5);
    assertThat(worse.retained().score()).isEqualTo(0.25 + 3.5 / 128);
    assertThat(worse.retained().before()).isEqualTo(0.5 + 3.5 / 128);
    Double equal = 0.5;
    assertThat(accuracies().of(equal, 0.5, sample(8), 3).best()).isSameAs(equal);
    assertThat(errors().of(0.25, 0.5, sample(8), 3).best()).isEqualTo(0.25);
    assertThat(errors().of(0.5, 0.25, sample(8), 3).best()).isEqualTo(0.25);
  }

  @Test
  void theBestOneIsAskedAboutNewTasksOnly() {
    TaskExaminer<Double> examiner = accuracies();
    Double first = 0.5;
    TaskExamination<Double> known = examiner.of(first, null, sample(8), 3);
    examiner.of(0.25, known.best(), sample(10), 3);
    assertThat(asked).containsExactly(8, 2, 10);
    examiner.of(0.25, known.best(), sample(10), 4);
    assertThat(asked).as("a class came").containsExactly(8, 2, 10, 10, 10);
    double remembered = examiner.of(0.25, known.best(), sample(12), 4).retained().before();
    assertThat(remembered).isEqualTo(accuracies().of(0.25, 0.5, sample(12), 4).retained().before());
  }

  @Test
  void theSampleIsUniformAndBoundedWhateverTheOrder() {
    int held = 0;
    HeldOutTasks forwards = HeldOutTasks.NONE;
    HeldOutTasks backwards = HeldOutTasks.NONE;
    for (int i = 0; i < 400; i++) {
      held += HOLD_OUT.holdsOut(new LogPosition(0, (long) i)) ? 1 : 0;
      forwards = add(forwards, i);
      backwards = add(backwards, 399 - i);
    }
    assertThat(held).isBetween(160, 240);
    assertThat(forwards.tasks().keySet()).hasSize(12).isEqualTo(backwards.tasks().keySet());
    assertThat(forwards.byAge().get(0).arrival()).isLessThan(150);
    assertThat(forwards.byAge().get(11).arrival()).isGreaterThan(250);
    assertThat(forwards.without(HeldOutTasks.NONE)).hasSize(12);
    assertThat(forwards.without(backwards)).isEmpty();
    assertThat(new TaskHoldOut(HoldOut.NONE, 7).holdsOut(new LogPosition(0, 3L))).isFalse();
  }

  private static HeldOutTasks add(HeldOutTasks to, int number) {
    LogPosition position = new LogPosition(0, (long) number);
    return HOLD_OUT.holdsOut(position) ? HOLD_OUT.with(to, task(number), position, number) : to;
  }

  private TaskExaminer<Double> accuracies() {
    return new TaskExaminer<>(this::scores, false);
  }

  private TaskExaminer<Double> errors() {
    return new TaskExaminer<>(this::scores, true);
  }

  private double[] scores(Double version, List<Kept> tasks) {
    asked.add(tasks.size());
    return tasks.stream().mapToDouble(it -> version + it.arrival() / 128.0).toArray();
  }

  private static HeldOutTasks sample(int size) {
    SortedMap<Long, Kept> tasks = new TreeMap<>();
    IntStream.range(0, size)
        .forEach(i -> tasks.put(100L - i, new Kept(100L - i, task(i), (long) i)));
    return new HeldOutTasks(tasks);
  }

  private static Task task(int number) {
    ExampleSet one =
        new ExampleSet(1, new float[] {number}, new Targets.Values(1, new float[] {number}));
    return new Task("t" + number, "k", List.of(), one, one, number);
  }
}
