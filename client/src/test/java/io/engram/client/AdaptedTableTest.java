package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.tables.Doubt;
import io.engram.core.tables.Question;
import io.engram.core.tables.TableFit;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableScale;
import io.engram.core.tables.TableShape;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.fused.FusedEngine;
import io.engram.model.Adaptation;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A version of a learner of tables, as a program uses it. */
class AdaptedTableTest {

  private static final NetworkSpec NUMBERS = NetworkSpec.parse("input(2) dense(1) mse");

  private final Workbenches benches = new Workbenches(new FusedEngine(1));

  @AfterEach
  void close() {
    benches.close();
  }

  @Test
  void itAnswersWhatTheModelAnswers() {
    TableModel model = trained();
    ExampleSet support = level(new RandomStream(9), 5, 10);
    Regressor mine = Regressor.adapt(benches, published(NUMBERS, model), measured(support));
    ExampleSet query = level(new RandomStream(10), 5, 4);
    double[][] expected = model.answer(model.ask(support, query));
    List<float[]> all = mine.predictAll(rows(query));
    for (int q = 0; q < 4; q++) {
      assertThat(all.get(q)[0]).isEqualTo((float) expected[q][0]);
      assertThat(mine.predict(rows(query).get(q))[0])
          .as("one at a time")
          .isCloseTo((float) expected[q][0], within(1e-4f));
    }
  }

  @Test
  void itSaysBetweenWhichNumbersTheTruthIs() {
    RandomStream random = new RandomStream(11);
    Model model = published(NUMBERS, trained());
    int within = 0;
    int all = 0;
    for (int task = 0; task < 40; task++) {
      double level = 5 * random.nextGaussian();
      Regressor mine = Regressor.adapt(benches, model, measured(level(random, level, 10)));
      ExampleSet asked = level(random, level, 10);
      for (int q = 0; q < 10; q++) {
        Interval interval = mine.interval(rows(asked).get(q), 0.8).orElseThrow();
        float truth = ((Targets.Values) asked.targets()).values()[q];
        assertThat(interval.answer()[0]).isBetween(interval.lower()[0], interval.upper()[0]);
        within += interval.lower()[0] <= truth && truth <= interval.upper()[0] ? 1 : 0;
        all++;
      }
    }
    assertThat((double) within / all).isBetween(0.7, 0.9);
    Regressor mine = Regressor.adapt(benches, model, measured(level(random, 1, 10)));
    assertThatThrownBy(() -> mine.interval(new float[2], 0.77))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0.5, 0.8, 0.9, 0.95]");
    assertThatThrownBy(() -> mine.predict(new float[3])).hasMessageContaining("takes 2");
  }

  @Test
  void untrainedItKnowsNoIntervals() {
    TableModel untrained = TableModel.untrained(TableShape.of(NUMBERS));
    Regressor mine =
        Regressor.adapt(
            benches, published(NUMBERS, untrained), measured(level(new RandomStream(1), 3, 5)));
    assertThat(mine.interval(new float[2], 0.8)).isEmpty();
  }

  @Test
  void ofATaskNobodyKnowsItSaysWhatTheModelOfAllRowsSays() {
    TableModel model = trained();
    ExampleSet query = level(new RandomStream(10), 5, 4);
    Question question = model.ask(level(new RandomStream(9), 5, 10), query);
    int linear = model.shape().globalExpert();
    double[][] expected = model.inStreamUnits(question, model.expertAnswers(question)[linear]);
    Regressor alone = Regressor.adapt(benches, published(NUMBERS, model), SupportSet.noNumbers());
    List<float[]> all = alone.predictAll(rows(query));
    for (int q = 0; q < 4; q++) {
      assertThat(all.get(q)[0]).isCloseTo((float) expected[q][0], within(1e-5f));
      assertThat(alone.predict(rows(query).get(q))).isEqualTo(all.get(q));
      assertThat(alone.interval(rows(query).get(q), 0.8)).isEmpty();
    }
    assertThatThrownBy(() -> alone.predict(new float[3])).hasMessageContaining("takes 2");
  }

  @Test
  void aClassifierNeedsExamplesToo() {
    NetworkSpec network = NetworkSpec.parse("input(2) dense(3) softmax");
    Model model = published(network, TableModel.untrained(TableShape.of(network)));
    SupportSet.Labeled examples =
        SupportSet.of(new float[][] {{1, 1}, {1, 2}, {-1, -1}}, "a", "a", "b");
    Prediction prediction =
        Classifier.adapt(benches, model, examples).predict(new float[] {1, 1.5f});
    assertThat(prediction.label()).isEqualTo("a");
    assertThat(
            prediction.probability("a") + prediction.probability("b") + prediction.probability("c"))
        .isCloseTo(1, within(1e-5f));
    SupportSet.Labeled none = new SupportSet.Labeled(List.of(), List.of());
    assertThatThrownBy(() -> Classifier.adapt(benches, model, none))
        .hasMessageContaining("at least 1 example");
  }

  private static Model published(NetworkSpec network, TableModel model) {
    boolean classes = model.shape().classes();
    Version version =
        new Version(
            new Version.Name("m", 1, Instant.EPOCH),
            network,
            new Version.Labels(
                classes ? LabelSpace.GLOBAL : LabelSpace.NONE,
                classes ? List.of("a", "b", "c") : List.of()),
            new Adaptation.ByTable(model),
            new Version.Weights(model.linear(), null, null),
            Map.of(),
            Lineage.newBuilder()
                .setParentCandidateId(null)
                .setOffsets(List.of())
                .setTasks(1)
                .setMetaUpdates(1)
                .setSeed(1)
                .setHyperParameters(Map.of())
                .setSchemaFingerprints(Map.of())
                .setEngine("none")
                .setCodeVersion("test")
                .setJdk("17")
                .setArchitecture("any")
                .build());
    return Model.read(
        VersionCodec.encode(version, sha256 -> "1-" + sha256), Instant.EPOCH, Instant.EPOCH);
  }

  private static TableModel trained() {
    RandomStream random = new RandomStream(3);
    TableShape shape = TableShape.of(NUMBERS);
    TableFit fit = new TableFit(shape);
    List<ExampleSet> sets = new ArrayList<>();
    for (int task = 0; task < 60; task++) {
      double level = 5 * random.nextGaussian();
      sets.add(level(random, level, 10));
      sets.add(level(random, level, 10));
    }
    TableScale scale = fit.scale(sets, 60);
    List<TableFit.Lesson> lessons = new ArrayList<>();
    for (int at = 0; at < sets.size(); at += 2) {
      lessons.add(fit.lesson(scale, sets.get(at), sets.get(at + 1)));
    }
    TableModel model = fit.fit(TableModel.untrained(shape), scale, lessons, 5);
    Doubt doubt = new Doubt();
    for (int task = 0; task < 60; task++) {
      double level = 5 * random.nextGaussian();
      ExampleSet query = level(random, level, 10);
      Question question = model.ask(level(random, level, 10), query);
      double[][][] experts = model.expertAnswers(question);
      doubt.learn(
          question, experts, model.pooled(experts), question.labels(shape, query.targets()));
    }
    return model.doubting(doubt);
  }

  /** A level of its own, a slope that all tasks share, and noise. */
  private static ExampleSet level(RandomStream random, double level, int size) {
    float[] inputs = new float[2 * size];
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      inputs[2 * i] = (float) random.nextGaussian();
      inputs[2 * i + 1] = (float) random.nextGaussian();
      labels[i] = (float) (level + 2 * inputs[2 * i] + random.nextGaussian());
    }
    return new ExampleSet(2, inputs, new Targets.Values(1, labels));
  }

  private static SupportSet.Measured measured(ExampleSet set) {
    List<float[]> targets = new ArrayList<>();
    for (float label : ((Targets.Values) set.targets()).values()) {
      targets.add(new float[] {label});
    }
    return new SupportSet.Measured(rows(set), targets);
  }

  private static List<float[]> rows(ExampleSet set) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      rows.add(new float[] {set.inputs()[2 * i], set.inputs()[2 * i + 1]});
    }
    return rows;
  }
}
