package io.engram.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.role.SourceSettings.Opened;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.client.Classifier;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.client.SupportSet;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.core.random.RandomStream;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A continual learner in everything around it, on a real broker: rows whose four kinds look different in each third of the file, one third after
 * another. What is published knows all three at the end.
 */
@Timeout(180)
class ContinualPipelineTest {

  private static final int FEATURES = 12;
  private static final int KINDS = 4;
  private static final int THIRDS = 3;
  private static final int ROWS_OF_A_THIRD = 1_000;
  private static final int TASKS = THIRDS * ROWS_OF_A_THIRD / 20;

  @Test
  void theChampionPredictsAllThatTheStreamEverBrought(@TempDir Path directory) throws Exception {
    Layers layers = layers(directory).withAssignment("learner.algorithm=consolidating-replay");
    Settings bare = Settings.load(layers);
    StateDirectory state = StateDirectory.open(bare.top().path("state-dir"));
    Opened opened = SourceSettings.open(bare, InputStream.nullInputStream(), line -> {});
    Settings settings = Settings.load(layers.withDerived(opened.derived()));
    PipelineConfig config = PipelineConfig.read(settings, state, opened.source());
    try (Pipeline pipeline = Pipeline.start(config, new SimpleMeterRegistry());
        Engram engram =
            Engram.connect(
                new EngramConfig(
                    TopicSettings.read(settings),
                    Map.of("bootstrap.servers", pipeline.bootstrap()),
                    1));
        ModelSubscription subscription = engram.subscribe("default")) {
      await().atMost(Duration.ofMinutes(2)).until(pipeline::drained);
      Model champion =
          subscription
              .subscriber()
              .await(it -> it.manifest().getLineage().getTasks() == TASKS, Duration.ofSeconds(30));
      assertThat(champion.innerLoop().steps()).isZero();
      assertThat(champion.classes()).containsExactlyInAnyOrder("a", "b", "c", "d");
      Classifier classifier = subscription.adapt(SupportSet.none());
      for (int third = 0; third < THIRDS; third++) {
        assertThat(accuracy(classifier, third))
            .as("third %d; by chance 0.25", third)
            .isGreaterThan(0.8);
      }
      ScoreWindow last = pipeline.status().last();
      assertThat(last.model())
          .as("the score on show is that of rows predicted before they were learned")
          .isCloseTo(accuracy(classifier, THIRDS - 1), within(0.1))
          .isEqualTo(champion.metrics().get("prequential.window"));
      assertThat(last.untrained()).isLessThan(0.5);
      assertThat(pipeline.status().memoryTasks()).isEqualTo(200);
      assertThat(champion.metrics().get("retained.score"))
          .as("what it states of all three thirds together")
          .isCloseTo(allThirds(classifier), within(0.1));
    } finally {
      opened.source().close();
    }
  }

  /** What protects nothing forgets the thirds before, and the gate sees that. */
  @Test
  void aVersionThatForgotIsNotPromoted(@TempDir Path directory) throws Exception {
    Layers layers =
        layers(directory)
            .withAssignment("learner.algorithm=online-sgd")
            .withAssignment("learner.online-sgd.step=0.05");
    Settings bare = Settings.load(layers);
    StateDirectory state = StateDirectory.open(bare.top().path("state-dir"));
    Opened opened = SourceSettings.open(bare, InputStream.nullInputStream(), line -> {});
    Settings settings = Settings.load(layers.withDerived(opened.derived()));
    PipelineConfig config = PipelineConfig.read(settings, state, opened.source());
    try (Pipeline pipeline = Pipeline.start(config, new SimpleMeterRegistry())) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> newest(pipeline) == TASKS / 10 || pipeline.failure().isPresent());
      ModelImage model = pipeline.registry().image().modelOrEmpty("default");
      Set<Long> promoted = new HashSet<>(model.predecessors());
      promoted.add(model.champion().orElseThrow());
      for (RegisteredVersion version : model.versions()) {
        Map<String, Double> metrics = version.manifest().getMetrics();
        double score = metrics.getOrDefault("retained.score", 1.0);
        double before = metrics.getOrDefault("retained.before", 0.0);
        assertThat(promoted.contains(version.version()))
            .as("version %d: %s, before it %s", version.version(), score, before)
            .isEqualTo(score >= before - 0.05);
      }
      assertThat(promoted).hasSizeBetween(2, TASKS / 10 - 1);
    } finally {
      opened.source().close();
    }
  }

  private static long newest(Pipeline pipeline) {
    return pipeline.registry().image().modelOrEmpty("default").newest();
  }

  private static Layers layers(Path directory) throws IOException {
    return Layers.none()
        .withPreset("csv")
        .withAssignment("state-dir=" + directory.resolve("state"))
        .withAssignment("broker.port=0")
        .withAssignment("source.kind=csv")
        .withAssignment("source.csv.file=" + rows(directory.resolve("rows.csv")))
        .withAssignment("source.csv.key=key")
        .withAssignment("source.csv.label=kind")
        .withAssignment("learner.held-out.share=0.05")
        .withAssignment("learner.window=20")
        .withAssignment("learner.group-size=5")
        .withAssignment("learner.publish-every=2");
  }

  private static double allThirds(Classifier classifier) {
    double sum = 0;
    for (int third = 0; third < THIRDS; third++) {
      sum += accuracy(classifier, third);
    }
    return sum / THIRDS;
  }

  private static double accuracy(Classifier classifier, int third) {
    RandomStream random = new RandomStream(1000 + third);
    int right = 0;
    for (int i = 0; i < 400; i++) {
      int kind = random.nextInt(KINDS);
      right += classifier.predict(row(kind, third, random)).label().equals(name(kind)) ? 1 : 0;
    }
    return right / 400.0;
  }

  private static Path rows(Path file) throws IOException {
    StringBuilder rows = new StringBuilder("key,kind");
    for (int j = 0; j < FEATURES; j++) {
      rows.append(",x").append(j);
    }
    RandomStream random = new RandomStream(5);
    for (int i = 0; i < THIRDS * ROWS_OF_A_THIRD; i++) {
      int kind = random.nextInt(KINDS);
      float[] row = row(kind, i / ROWS_OF_A_THIRD, random);
      rows.append("\nall,").append(name(kind));
      for (float value : row) {
        rows.append(',').append(value);
      }
    }
    return Files.writeString(file, rows.append('\n'));
  }

  /** A kind is a bump of its own in each third, and what stands beside it there misleads about the others. */
  private static float[] row(int kind, int third, RandomStream random) {
    float[] row = new float[FEATURES];
    for (int j = 0; j < FEATURES; j++) {
      row[j] = (float) (0.3 * random.nextGaussian());
    }
    row[4 * third + kind] += 1.5f;
    row[4 * ((third + 1) % THIRDS) + (kind + 1) % KINDS] += 0.9f;
    return row;
  }

  private static String name(int kind) {
    return String.valueOf((char) ('a' + kind));
  }
}
