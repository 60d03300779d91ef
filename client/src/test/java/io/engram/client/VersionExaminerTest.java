package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.client.Versions.Version;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.schemas.Assembly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;

class VersionExaminerTest {

  private static final String NUMBERS = "input(1) dense(1) mse";
  private static final String CLASSES = "input(1) dense(2) softmax";

  private final VersionExaminer examiner = VersionExaminer.of(ExaminerConfig.DEFAULT);

  @Example
  void theBetterOneOfTwoIsMeasuredBetter() {
    // Tasks y = 2x: the one starts there, the other far away.
    Examination found = examiner.examine(numbers(2, 0), Optional.of(numbers(-30, 9)), lines(9, 1));

    assertThat(found)
        .isInstanceOfSatisfying(
            Examination.Usable.class,
            usable -> {
              assertThat(usable.score()).isLessThan(usable.other());
              assertThat(usable.tasks()).isEqualTo(9);
            });
  }

  @Example
  void oneAbsurdTaskDecidesNothing() {
    List<Task> tasks = new ArrayList<>(lines(8, 1));
    tasks.addAll(lines(1, (float) (1L << 50)));

    Examination found = examiner.examine(numbers(2, 0), Optional.of(numbers(-30, 9)), tasks);

    assertThat(found)
        .isInstanceOfSatisfying(
            Examination.Usable.class,
            usable -> assertThat(usable.score()).isLessThan(usable.other()));
  }

  @Example
  void classesAreMeasuredByTheShareThatIsRight() {
    Examination found = examiner.examine(classes(4), Optional.of(classes(-4)), signs(5));

    assertThat(found).isEqualTo(new Examination.Usable(1, 0, 5));
  }

  @Example
  void whatAVersionWishesToBeJudgedByIsMeasured() {
    Examination loss =
        examiner.examine(wishing("log-loss", classes(0)), Optional.of(classes(4)), signs(5));
    assertThat(loss)
        .isInstanceOfSatisfying(
            Examination.Usable.class,
            usable -> {
              assertThat(usable.score()).isCloseTo(Math.log(2), within(1e-4));
              assertThat(usable.other()).isLessThan(0.01);
            });
    Examination area =
        examiner.examine(wishing("auc", classes(4)), Optional.of(classes(-4)), signs(5));
    assertThat(area).isEqualTo(new Examination.Usable(1, 0, 5));
    Examination errors =
        examiner.examine(wishing("mae", numbers(2, 1)), Optional.of(numbers(2, -3)), lines(5, 1));
    assertThat(errors)
        .isInstanceOfSatisfying(
            Examination.Usable.class,
            usable -> assertThat(usable.other() / usable.score()).isCloseTo(3, within(0.5)));
  }

  private static Assembly.Complete wishing(String score, Assembly.Complete version) {
    version.manifest().getLineage().setHyperParameters(Map.of("score", score));
    return version;
  }

  @Example
  void whatFitsNoTaskWhereTheOtherDoesIsUnusable() {
    Version wide = Versions.of("m", 0, "input(3) dense(2) softmax");
    assertThat(
            examiner.examine(
                new Assembly.Complete(wide.manifest(), wide.parameters()),
                Optional.of(classes(1)),
                signs(5)))
        .isInstanceOfSatisfying(
            Examination.Unusable.class,
            it -> assertThat(it.reason()).contains("none of the 5 newest tasks fits it"));
    assertThat(examiner.examine(classes(1), Optional.empty(), lines(3, 1)))
        .isEqualTo(new Examination.Usable(Double.NaN, Double.NaN, 0));
  }

  @Example
  void whatIsForgedOrTooSlowIsUnusable() {
    Version broken = Versions.of("m", 0, CLASSES, new float[] {Float.NaN, 0, 0, 0});
    assertThat(
            examiner.examine(
                new Assembly.Complete(broken.manifest(), broken.parameters()),
                Optional.empty(),
                signs(2)))
        .isInstanceOf(Examination.Unusable.class);

    Version slow =
        Versions.of("m", 0, "input(64) dense(900) relu dense(900) relu dense(2) softmax");
    slow.manifest().getAdaptation().setSteps(10_000);
    VersionExaminer impatient =
        VersionExaminer.of(new ExaminerConfig(0, 1, 1, Duration.ofMillis(100)));
    Assembly.Complete whole = new Assembly.Complete(slow.manifest(), slow.parameters());
    for (int i = 0; i < 4; i++) {
      assertThat(impatient.examine(whole, Optional.empty(), List.of()))
          .isInstanceOfSatisfying(
              Examination.Unusable.class,
              it -> assertThat(it.reason()).containsAnyOf("took longer than", "too long"));
    }
  }

  private static Assembly.Complete numbers(float weight, float bias) {
    Version version = Versions.of("m", 0, NUMBERS, new float[] {weight, bias});
    return new Assembly.Complete(version.manifest(), version.parameters());
  }

  private static Assembly.Complete classes(float weight) {
    Version version = Versions.of("m", 0, CLASSES, new float[] {-weight, weight, 0, 0});
    version.manifest().getAdaptation().setOptimizer("sgd(0.000001)");
    return new Assembly.Complete(version.manifest(), version.parameters());
  }

  private static List<Task> lines(int count, float scale) {
    List<Task> tasks = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      tasks.add(new Task("t" + t, "k", List.of(), line(scale, 0.1f * t), line(scale, 0.3f), 0));
    }
    return tasks;
  }

  private static ExampleSet line(float scale, float from) {
    float[] x = {from - 0.5f, from, from + 0.5f};
    float[] y = {scale * 2 * x[0], scale * 2 * x[1], scale * 2 * x[2]};
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }

  private static List<Task> signs(int count) {
    List<Task> tasks = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      ExampleSet set =
          new ExampleSet(1, new float[] {-1, 1}, new Targets.Classes(2, new int[] {0, 1}));
      tasks.add(new Task("t" + t, "k", List.of("minus", "plus"), set, set, 0));
    }
    return tasks;
  }
}
