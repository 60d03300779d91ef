package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.client.Versions.Version;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.model.Measure;
import io.engram.schemas.Assembly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;

class VersionStudyTest {

  private static final StudyConfig CONFIG = new StudyConfig(200, 1 << 20, 32, Duration.ofHours(1));
  private static final int ROWS = 6;

  @Example
  void aLineIsLearnedStepByStepAndRowByRow() {
    Study study = study(version("input(1) dense(1) mse", 0, 0), lines(30));

    assertThat(study.measure()).isEqualTo(Measure.SQUARED_ERROR);
    assertThat(study.tasks()).isEqualTo(30);
    Study.Curve rows = study.rows().orElseThrow();
    assertThat(rows.x()).containsExactly(0, 1, 2, 3, 5, 6);
    Study.Curve steps = study.steps().orElseThrow();
    assertThat(steps.x()).containsExactly(0, 1, 2, 3, 6);
    for (int i = 1; i < steps.x().size(); i++) {
      assertThat(steps.model().get(i)).isLessThan(steps.model().get(i - 1));
    }
    // All rows and all steps are the same in both.
    assertThat(rows.model().get(5)).isEqualTo(steps.model().get(3));
    assertThat(rows.model().get(0)).isEqualTo(steps.model().get(0));
    assertThat(steps.untrained()).allMatch(it -> it > 0);
    // A ridge is nearly the line, and no row makes nothing.
    Study.Simple simple = rows.simple().orElseThrow();
    assertThat(simple.column()).isEqualTo(ScoreColumn.SUPPORT_FIT);
    assertThat(simple.score().get(0)).isNaN();
    assertThat(simple.score().get(5)).isLessThan(0.05);
    assertThat(steps.simple().orElseThrow().score()).containsOnly(simple.score().get(5));
  }

  @Example
  void tasksOfAKindLieTogether() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(line("up", i, 2, 8));
      tasks.add(line("down", i, 2, -8));
    }
    List<Study.Place> places = study(version("input(1) dense(1) mse", 2, 0), tasks).places();
    assertThat(places).hasSize(40);
    assertThat(places).filteredOn(it -> it.key().equals("up")).allMatch(it -> it.score() > 0);
    double up = places.stream().filter(it -> it.key().equals("up")).findFirst().orElseThrow().x();
    assertThat(places)
        .allMatch(it -> it.key().equals("up") == (Math.signum(it.x()) == Math.signum(up)));
  }

  @Example
  void classesAreSharesAndTheUnknownAreWrong() {
    Version version = Versions.of("m", 3, "input(1) dense(2) softmax", new float[] {-4, 4, 0, 0});
    version.manifest().getAdaptation().setOptimizer("sgd(0.000001)");
    Study study = study(whole(version), List.of(signs("a"), signs("b"), signs("c")));

    Study.Curve rows = study.rows().orElseThrow();
    assertThat(rows.x()).containsExactly(1, 2);
    // Of one row it knows one class, which is half of what is asked.
    assertThat(rows.model()).containsExactly(0.5, 1.0);
    assertThat(study.places()).extracting(Study.Place::score).containsOnly(1.0);
    assertThat(study.places()).extracting(Study.Place::key).containsExactly("c", "b", "a");
  }

  @Example
  void whatDoesNotFitIsPassedOver() {
    Assembly.Complete lines = version("input(1) dense(1) mse", 2, 0);
    List<Task> mixed = new ArrayList<>(lines(2));
    mixed.add(signs("other"));
    assertThat(study(lines, mixed).places()).hasSize(2);
    Study none = study(lines, List.of(signs("other")));
    assertThat(none.rows()).isEmpty();
    assertThat(none.steps()).isEmpty();
    assertThat(none.tasks()).isZero();
  }

  @Example
  void withoutTimeOneTaskIsDrawnAndNoPlaceIsScored() {
    StudyConfig hurried = new StudyConfig(200, 1 << 20, 32, Duration.ZERO);
    Study study = VersionStudy.study(version("input(1) dense(1) mse", 2, 0), lines(9), hurried);
    assertThat(study.tasks()).isEqualTo(1);
    assertThat(study.places()).hasSize(9).allMatch(it -> Double.isNaN(it.score()));
  }

  @Example
  void whatDivergesIsNoNumber() {
    Version wild = Versions.of("m", 0, "input(1) dense(1) mse", new float[] {2, 0});
    wild.manifest().getAdaptation().setOptimizer("sgd(1000000)");
    wild.manifest().getAdaptation().setSteps(20);
    Study.Curve steps = study(whole(wild), lines(5)).steps().orElseThrow();
    assertThat(steps.model().get(0)).isFinite();
    assertThat(steps.model().get(6)).isInfinite();
  }

  private static Study study(Assembly.Complete version, List<Task> tasks) {
    return VersionStudy.study(version, tasks, CONFIG);
  }

  private static Assembly.Complete version(String network, float weight, float bias) {
    return whole(Versions.of("m", 0, network, new float[] {weight, bias}));
  }

  private static Assembly.Complete whole(Version version) {
    return new Assembly.Complete(version.manifest(), version.parameters());
  }

  private static List<Task> lines(int count) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(line("k" + i, i, 3, 0.1f * i));
    }
    return tasks;
  }

  private static Task line(String key, int seed, float slope, float level) {
    RandomStream random = new RandomStream(seed);
    return new Task(
        key + seed, key, List.of(), rows(random, slope, level), rows(random, slope, level), 0);
  }

  private static ExampleSet rows(RandomStream random, float slope, float level) {
    float[] x = new float[ROWS];
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = (float) (2 * random.nextDouble() - 1);
      y[i] = slope * x[i] + level;
    }
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }

  private static Task signs(String key) {
    ExampleSet set =
        new ExampleSet(1, new float[] {-1, 1}, new Targets.Classes(2, new int[] {0, 1}));
    return new Task(key, key, List.of("minus", "plus"), set, set, 0);
  }
}
