package io.engram.core.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.baseline.Mixture;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TableModelTest {

  private static final int COLUMNS = 3;
  private static final int HALF = 8;

  /** A task, its targets made from a level of its own. */
  private record Drawn(ExampleSet support, ExampleSet query) {}

  @Test
  void untrainedItAnswersTheSupportsMean() {
    TableModel model = TableModel.untrained(new TableShape(COLUMNS, 1, false));
    Drawn task = numbers(new RandomStream(1), 1);
    double mean = 0;
    for (float label : ((Targets.Values) task.support.targets()).values()) {
      mean += label / HALF;
    }
    for (double[] answer : model.answer(model.ask(task.support, task.query))) {
      assertThat(answer[0]).isCloseTo(mean, within(1e-5));
    }
  }

  /** Levels and one curve that all tasks share: neither the support alone nor one function of rows is enough. */
  @Test
  void itLearnsWhatTasksHaveInCommon() {
    RandomStream random = new RandomStream(2);
    TableShape shape = new TableShape(COLUMNS, 1, false);
    TableModel model = trained(shape, random, 1, 200);
    double missed = 0;
    double mean = 0;
    for (int i = 0; i < 50; i++) {
      Drawn task = numbers(random, 1);
      Question question = model.ask(task.support, task.query);
      missed += loss(model.answer(question), task.query);
      mean += loss(TableModel.untrained(shape).answer(question), task.query);
    }
    assertThat(missed).isLessThan(0.35 * mean);
  }

  /** A target of 10⁹ or of 10⁻⁶ is learned as well as one of 1. */
  @Test
  void unitsDoNotMatter() {
    double plain = relativeLoss(1);
    for (double unit : new double[] {1e9, 1e-6}) {
      assertThat(relativeLoss(unit)).as("unit %s", unit).isCloseTo(plain, within(0.05));
    }
  }

  private static double relativeLoss(double unit) {
    RandomStream random = new RandomStream(3);
    TableShape shape = new TableShape(COLUMNS, 1, false);
    TableModel model = trained(shape, random, unit, 80);
    double missed = 0;
    double mean = 0;
    for (int i = 0; i < 40; i++) {
      Drawn task = numbers(random, unit);
      Question question = model.ask(task.support, task.query);
      missed += loss(model.answer(question), task.query);
      mean += loss(TableModel.untrained(shape).answer(question), task.query);
    }
    return missed / mean;
  }

  @Test
  void aClassThatWasNeverSeenIsHardlyAnswered() {
    RandomStream random = new RandomStream(4);
    TableShape shape = new TableShape(COLUMNS, 4, true);
    TableFit fit = new TableFit(shape);
    List<Drawn> tasks = new ArrayList<>();
    List<ExampleSet> sets = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Drawn task = classes(random);
      tasks.add(task);
      sets.add(task.support);
      sets.add(task.query);
    }
    TableScale scale = fit.scale(sets, tasks.size());
    List<TableFit.Lesson> lessons =
        tasks.stream().map(task -> fit.lesson(scale, task.support, task.query)).toList();
    TableModel model = fit.fit(TableModel.untrained(shape), scale, lessons, 5);
    Drawn task = classes(random);
    double[][][] experts = model.expertAnswers(model.ask(task.support, task.query));
    int right = 0;
    for (int q = 0; q < HALF; q++) {
      for (double[][] answers : experts) {
        assertThat(sum(answers[q])).isCloseTo(1, within(1e-6));
        assertThat(answers[q][3]).isLessThan(0.1);
      }
      int label = ((Targets.Classes) task.query.targets()).classes()[q];
      right += largest(experts[experts.length - 1][q]) == label ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(6);
  }

  @Property(tries = 10)
  void writtenAndReadItIsTheSame(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    TableShape shape = new TableShape(COLUMNS, 1, false);
    TableModel model = trained(shape, random, 1, 12);
    TableModel read = TableModel.of(shape, model.flat());
    assertThat(read.flat()).containsExactly(model.flat());
    Drawn task = numbers(random, 1);
    Question question = model.ask(task.support, task.query);
    assertThat(read.answer(read.ask(task.support, task.query)))
        .isDeepEqualTo(model.answer(question));
    for (float number : model.flat()) {
      assertThat(number).isFinite();
    }
  }

  /** A consumer that knows no tables still has a network: the part that never adapts. */
  @Test
  void itsLinearPartIsADenseLayer() {
    RandomStream random = new RandomStream(6);
    TableShape shape = new TableShape(COLUMNS, 1, false);
    TableModel model = trained(shape, random, 10, 100);
    float[] theta = model.linear();
    Drawn task = numbers(random, 10);
    Question question = model.ask(task.support, task.query);
    double[][] answers =
        model.inStreamUnits(question, model.expertAnswers(question)[shape.globalExpert()]);
    for (int q = 0; q < HALF; q++) {
      double sum = theta[COLUMNS];
      for (int j = 0; j < COLUMNS; j++) {
        sum += theta[j] * task.query.inputs()[q * COLUMNS + j];
      }
      assertThat(answers[q][0]).isCloseTo(sum, within(1e-2));
    }
  }

  /** One tenant's labels in another unit: what others are answered stays as it was, but for the shifts of trees. */
  @Test
  void aTaskFarOffTeachesNothing() {
    RandomStream random = new RandomStream(8);
    TableShape shape = new TableShape(COLUMNS, 1, false);
    TableFit fit = new TableFit(shape);
    List<Drawn> tasks = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      tasks.add(numbers(random, 1));
    }
    TableModel clean = fitted(fit, shape, tasks);
    tasks.add(numbers(random, 1e9));
    TableModel poisoned = fitted(fit, shape, tasks);
    double cleanLoss = 0;
    double poisonedLoss = 0;
    for (int i = 0; i < 60; i++) {
      Drawn task = numbers(random, 1);
      cleanLoss += loss(trees(clean, task), task.query);
      poisonedLoss += loss(trees(poisoned, task), task.query);
    }
    assertThat(poisonedLoss).isLessThan(1.1 * cleanLoss);
    assertThat(fit.lesson(poisoned.scale(), tasks.get(120).support, tasks.get(120).query).labels())
        .isEmpty();
  }

  private static double[][] trees(TableModel model, Drawn task) {
    Question question = model.ask(task.support, task.query);
    double[][][] experts = model.expertAnswers(question);
    return model.inStreamUnits(question, experts[experts.length - 1]);
  }

  private static TableModel fitted(TableFit fit, TableShape shape, List<Drawn> tasks) {
    List<ExampleSet> sets = new ArrayList<>();
    tasks.forEach(task -> sets.addAll(List.of(task.support, task.query)));
    TableScale scale = fit.scale(sets, tasks.size());
    List<TableFit.Lesson> lessons =
        tasks.stream().map(task -> fit.lesson(scale, task.support, task.query)).toList();
    return fit.fit(TableModel.untrained(shape), scale, lessons, 5);
  }

  @Test
  void anotherShapeIsRefused() {
    TableShape shape = new TableShape(COLUMNS, 1, false);
    assertThatThrownBy(() -> TableModel.of(shape, new float[7])).hasMessageContaining("found 7");
    float[] strange = TableModel.untrained(shape).flat();
    int tree =
        shape.modelLength()
            - Corrections.length(shape)
            - Width.LENGTH
            - shape.experts().size()
            - shape.forestLength(shape.correcting());
    strange[tree] = 99;
    assertThatThrownBy(() -> TableModel.of(shape, strange)).hasMessageContaining("input 99");
    assertThatThrownBy(() -> new TableShape(3, 1, true)).hasMessageContaining("2 classes");
  }

  private static TableModel trained(TableShape shape, RandomStream random, double unit, int count) {
    TableFit fit = new TableFit(shape);
    List<Drawn> tasks = new ArrayList<>();
    List<ExampleSet> sets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Drawn task = numbers(random, unit);
      tasks.add(task);
      sets.add(task.support);
      sets.add(task.query);
    }
    TableScale scale = fit.scale(sets, count);
    List<TableFit.Lesson> lessons =
        tasks.stream().map(task -> fit.lesson(scale, task.support, task.query)).toList();
    TableModel model = fit.fit(TableModel.untrained(shape), scale, lessons, 5);
    Mixture trust = shape.mixture();
    for (int i = 0; i < 40; i++) {
      Drawn task = numbers(random, unit);
      Question question = model.ask(task.support, task.query);
      trust.learn(model.expertAnswers(question), question.labels(shape, task.query.targets()));
    }
    return model.trusting(trust.weights());
  }

  private static Drawn numbers(RandomStream random, double unit) {
    double level = 2 * random.nextGaussian();
    return new Drawn(numbers(random, unit, level), numbers(random, unit, level));
  }

  private static ExampleSet numbers(RandomStream random, double unit, double level) {
    float[] inputs = inputs(random);
    float[] labels = new float[HALF];
    for (int i = 0; i < HALF; i++) {
      double x = inputs[i * COLUMNS];
      double y = inputs[i * COLUMNS + 1];
      labels[i] = (float) (unit * (level + x * (y > 0 ? 1 : -1) + 0.2 * random.nextGaussian()));
    }
    return new ExampleSet(COLUMNS, inputs, new Targets.Values(1, labels));
  }

  private static Drawn classes(RandomStream random) {
    return new Drawn(classSet(random), classSet(random));
  }

  private static ExampleSet classSet(RandomStream random) {
    float[] inputs = inputs(random);
    int[] labels = new int[HALF];
    for (int i = 0; i < HALF; i++) {
      labels[i] = inputs[i * COLUMNS] > 0.5 ? 2 : inputs[i * COLUMNS] > -0.5 ? 1 : 0;
    }
    return new ExampleSet(COLUMNS, inputs, new Targets.Classes(3, labels));
  }

  private static float[] inputs(RandomStream random) {
    float[] inputs = new float[HALF * COLUMNS];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    return inputs;
  }

  private static double loss(double[][] answers, ExampleSet query) {
    double sum = 0;
    for (int i = 0; i < answers.length; i++) {
      double missed = answers[i][0] - ((Targets.Values) query.targets()).values()[i];
      sum += missed * missed;
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int c = 1; c < values.length; c++) {
      largest = values[c] > values[largest] ? c : largest;
    }
    return largest;
  }
}
