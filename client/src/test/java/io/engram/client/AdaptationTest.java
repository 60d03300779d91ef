package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.engram.client.Versions.Version;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdaptationTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String CLASSES = "input(2) dense(16) relu dense(3) softmax";
  private static final SupportSet.Labeled CORNERS =
      SupportSet.of(new float[][] {{1, 1}, {-1, 1}, {0, -1}}, "right", "left", "below");

  private final UpdatesTopic updates =
      new UpdatesTopic(TestBroker.bootstrapServers(), TestBroker.uniquePrefix("adaptation"));
  private final Engram engram =
      Engram.connect(
          EngramConfig.of(TestBroker.bootstrapServers())
              .withTopicPrefix(updates.topics.prefix())
              .withKeptAdaptedModels(2));

  @AfterEach
  void close() {
    engram.close();
    updates.close();
  }

  @Test
  void aHandfulOfExamplesMakesAClassifier() throws Exception {
    updates.publish(classifier(1));
    ModelSubscription model = engram.subscribe("m");
    model.awaitVersion(1, SOON);
    Classifier mine = model.adapt(CORNERS);

    assertThat(mine.classes()).containsExactly("right", "left", "below");
    Prediction prediction = mine.predict(new float[] {0.9f, 0.9f});
    assertThat(prediction.label()).isEqualTo("right");
    assertThat(prediction.version()).isEqualTo(1);
    assertThat(prediction.probability("right")).isGreaterThan(0.8f);
    assertThat(prediction.probability("up")).isZero();
    float sum = 0;
    for (float probability : prediction.probabilities()) {
      sum += probability;
    }
    assertThat(sum).isCloseTo(1f, within(1e-5f));
    assertThat(mine.predictAll(List.of(new float[] {-1, 1}, new float[] {0, -1})))
        .extracting(Prediction::label)
        .containsExactly("left", "below");
  }

  @Test
  void theProgramOfTheDocumentationRuns() throws Exception {
    updates.publish(classifier(1));
    EngramConfig config =
        EngramConfig.of(TestBroker.bootstrapServers()).withTopicPrefix(updates.topics.prefix());
    assertThat(QuickStart.run(config, "m", new float[] {0.9f, 0.8f}).label()).isEqualTo("spam");
    assertThat(QuickStart.run(config, "m", new float[] {-0.9f, 0.1f}).label()).isEqualTo("fine");
  }

  @Test
  void fewerClassesThanOutputsArePlayedAmongThemselves() throws Exception {
    updates.publish(classifier(1));
    ModelSubscription model = engram.subscribe("m");
    model.awaitVersion(1, SOON);
    Classifier two = model.adapt(SupportSet.of(new float[][] {{1, 0}, {-1, 0}}, "a", "b"));
    assertThat(two.predict(new float[] {1, 0}).probabilities()).hasSize(2);
    assertThatThrownBy(() -> model.adapt(SupportSet.of(new float[4][2], "a", "b", "c", "d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 3 classes apart, found 4");
  }

  @Test
  void globalClassesAreAllInPlay() throws Exception {
    Version version = classifier(1);
    ModelManifest global =
        ModelManifest.newBuilder(version.manifest())
            .setLabelSpace(LabelSpace.GLOBAL)
            .setClasses(List.of("below", "left", "right"))
            .build();
    updates.publish(new Version(global, version.parameters()));
    ModelSubscription model = engram.subscribe("m");
    model.awaitVersion(1, SOON);
    Classifier mine = model.adapt(SupportSet.of(new float[][] {{1, 1}}, "right"));
    assertThat(mine.classes()).containsExactly("below", "left", "right");
    assertThat(mine.predict(new float[] {1, 1}).label()).isEqualTo("right");
    assertThatThrownBy(() -> model.adapt(SupportSet.of(new float[][] {{1, 1}}, "up")))
        .hasMessageContaining("does not know the class 'up'");
  }

  @Test
  void ofATaskNobodyKnowsThetaAnswersWhereItsLabelsAreTheSameForAll() throws Exception {
    ModelSubscription model = engram.subscribe("m");
    float[] theta = {2, 3, 5}; // weights, then the bias
    updates.publish(Versions.of("m", 1, "input(2) dense(1) mse", theta));
    model.awaitVersion(1, SOON);
    Regressor alone = model.adapt(SupportSet.noNumbers());
    assertThat(alone.predict(new float[] {10, 100})).containsExactly(325);
    assertThat(model.adapt(SupportSet.of(new float[][] {{1, 1}}, 0)).predict(new float[] {10, 100}))
        .as("with an example it takes its steps")
        .isNotEqualTo(alone.predict(new float[] {10, 100}));

    updates.publish(Versions.of("m", 2, "input(2) dense(4) batchnorm dense(1) mse"));
    model.awaitVersion(2, SOON);
    assertThatThrownBy(() -> model.adapt(SupportSet.noNumbers()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has to be adapted", "at least 1 example");
  }

  @Test
  void aVersionThatTakesNoStepsIsUsedAsItIs() throws Exception {
    Version version = classifier(1);
    ModelSubscription model = engram.subscribe("m");
    updates.publish(version);
    model.awaitVersion(1, SOON);
    assertThatThrownBy(() -> model.adapt(SupportSet.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("50 steps, PER_TASK classes", "at least 1 example");
    float[] theta = new float[NetworkSpec.parse(CLASSES).layout().length()];
    theta[theta.length - 1] = 2;
    Version biased = Versions.of("m", 2, CLASSES, theta);
    ModelManifest asItIs =
        ModelManifest.newBuilder(biased.manifest())
            .setLabelSpace(LabelSpace.GLOBAL)
            .setClasses(List.of("a", "b", "c"))
            .setAdaptation(new Adaptation(0, "sgd(0.0)", 0, "ALL", "NON_TRANSDUCTIVE"))
            .build();
    updates.publish(new Version(asItIs, biased.parameters()));
    model.awaitVersion(2, SOON);
    double e = Math.exp(2);
    Prediction prediction = model.adapt(SupportSet.none()).predict(new float[] {5, 5});
    assertThat(prediction.label()).isEqualTo("c");
    assertThat((double) prediction.probability("c")).isCloseTo(e / (e + 2), within(1e-6));
    assertThat(model.adapt(SupportSet.of(new float[][] {{1, 1}}, "a")).predict(new float[] {5, 5}))
        .usingRecursiveComparison()
        .as("whatever examples it is given")
        .isEqualTo(prediction);
  }

  @Test
  void numbersArePredictedOnTheUsersOwnScale() throws Exception {
    // y = 1000 + 100·x with x around 50: nothing an unscaled network would learn in 30 steps.
    updates.publish(scaledRegressor());
    ModelSubscription model = engram.subscribe("m");
    model.awaitVersion(1, SOON);
    Regressor mine =
        model.adapt(SupportSet.of(new float[][] {{40}, {50}, {60}}, 5000f, 6000f, 7000f));
    assertThat(mine.predict(new float[] {55})[0]).isCloseTo(6500f, within(50f));
    assertThat(mine.predictAll(List.of(new float[] {45})).get(0)[0]).isCloseTo(5500f, within(50f));
    assertThat(mine.predict(new float[] {1e6f}))
        .as("ten deviations are as far as the learner looks")
        .containsExactly(mine.predict(new float[] {150}));
    assertThatThrownBy(() -> model.adapt(CORNERS)).hasMessageContaining("predicts numbers");
  }

  @Test
  void whatIsKeptUnderAKeyFollowsTheVersion() throws Exception {
    updates.publish(classifier(1));
    ModelSubscription model = engram.subscribe("m");
    model.awaitVersion(1, SOON);
    Classifier first = model.adapt("tenant-1", CORNERS);
    assertThat(model.classifier("tenant-1")).containsSame(first);
    updates.publish(classifier(2));
    model.awaitVersion(2, SOON);
    assertThat(model.classifier("tenant-1").orElseThrow().model().version()).isEqualTo(2);
    assertThat(first.predict(new float[] {1, 1}).version()).isEqualTo(1);

    model.adapt("tenant-2", CORNERS);
    model.adapt("tenant-3", CORNERS);
    assertThat(model.classifier("tenant-1")).isEmpty();
    model.forget("tenant-3");
    assertThat(model.classifier("tenant-3")).isEmpty();
    assertThat(model.classifier("tenant-2")).isPresent();
  }

  @Test
  void mistakesAreNamed() throws Exception {
    ModelSubscription model = engram.subscribe("m");
    assertThatThrownBy(() -> model.adapt(CORNERS))
        .isInstanceOf(AdaptationException.class)
        .hasMessageContaining("no version of model m has come yet");
    updates.publish(classifier(1));
    model.awaitVersion(1, SOON);
    assertThatThrownBy(() -> model.adapt(SupportSet.of(new float[][] {{1}}, "a")))
        .hasMessageContaining("example 0 has 1 features, the model takes 2");
    assertThatThrownBy(() -> model.adapt(SupportSet.of(new float[][] {{1, Float.NaN}}, "a")))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> model.adapt(SupportSet.of(new float[][] {{1, 1}}, 1f)))
        .hasMessageContaining("predicts classes");
    assertThatThrownBy(() -> SupportSet.of(new float[][] {{1, 1}}, "a", "b"))
        .hasMessageContaining("found 2 and 1");
  }

  @Test
  void anAdaptationThatIsNotKnownIsRefused() throws Exception {
    Version odd = classifier(1);
    ModelManifest manifest =
        ModelManifest.newBuilder(odd.manifest())
            .setAdaptation(new Adaptation(3, "lion(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"))
            .build();
    updates.publish(new Version(manifest, odd.parameters()), classifier(2));
    try (ModelSubscription model = engram.subscribe("m")) {
      assertThat(model.awaitVersion(1, SOON).version()).isEqualTo(2);
      updates.publish(new Version(manifest, odd.parameters()));
      await().atMost(SOON).until(() -> model.subscriber().refusals() == 1);
      assertThat(model.subscriber().lastRefusal().orElseThrow().reason()).contains("lion(0.1)");
    }
  }

  @Test
  void manyThreadsAdaptAtOnceWithTheSameOutcome() throws Exception {
    updates.publish(classifier(1));
    ModelSubscription model = engram.subscribe("m");
    model.awaitVersion(1, SOON);
    float[] expected = model.adapt(CORNERS).predict(new float[] {0.3f, 0.2f}).probabilities();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> outcomes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        outcomes.add(
            threads.submit(
                () -> model.adapt(CORNERS).predict(new float[] {0.3f, 0.2f}).probabilities()));
      }
      for (Future<float[]> outcome : outcomes) {
        assertThat(outcome.get()).containsExactly(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Version classifier(long version) {
    NetworkSpec network = NetworkSpec.parse(CLASSES);
    Version made = Versions.of("m", version, CLASSES, InitialParameters.of(network, version, true));
    return new Version(
        ModelManifest.newBuilder(made.manifest())
            .setAdaptation(new Adaptation(50, "sgd(0.3)", 0, "ALL", "NON_TRANSDUCTIVE"))
            .build(),
        made.parameters());
  }

  private static Version scaledRegressor() {
    String network = "input(1) dense(1) mse";
    float[] theta = {0, 0};
    byte[] bytes = Versions.bytes(theta[0], theta[1], 50, 10, 6000, 1000);
    Version plain = Versions.of("m", 1, network, theta);
    ModelManifest manifest =
        ModelManifest.newBuilder(plain.manifest())
            .setAdaptation(new Adaptation(30, "sgd(0.3)", 0, "ALL", "NON_TRANSDUCTIVE"))
            .setTensors(
                List.of(
                    new TensorEntry("parameters", ElementType.FLOAT32, List.of(2), 0L),
                    new TensorEntry("inputMean", ElementType.FLOAT32, List.of(1), 8L),
                    new TensorEntry("inputScale", ElementType.FLOAT32, List.of(1), 12L),
                    new TensorEntry("targetMean", ElementType.FLOAT32, List.of(1), 16L),
                    new TensorEntry("targetScale", ElementType.FLOAT32, List.of(1), 20L)))
            .setByteLength(bytes.length)
            .setSha256(ModelChunks.sha256(bytes))
            .build();
    return new Version(manifest, bytes);
  }
}
