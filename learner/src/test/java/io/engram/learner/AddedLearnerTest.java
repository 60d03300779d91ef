package io.engram.learner;

import static io.engram.learner.TaskTopic.manifests;
import static io.engram.learner.TaskTopic.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.core.continual.ContinualKind;
import io.engram.core.continual.ContinualKinds;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.ModelManifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A continual learner that nothing of ours knows (one file and one line of the tests' sources) runs as a service like ours. */
class AddedLearnerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ContinualKind kind = ContinualKinds.named("mistakes-only").orElseThrow();

  @Test
  void itLearnsIsStoredAndGoesOnWhereItWas(@TempDir Path directory, @TempDir Path other) {
    Topics topics = new Topics(TestBroker.uniquePrefix("added-learner"));
    TestBroker.createTopic(topics.tasks(), 1);
    try (LearnerService learner = start("halves", directory, topics)) {
      learn(learner, topics, 0, 100);
      assertThat(learner.status().scores().last().model())
          .as("right before they were learned; a quarter would be chance")
          .isGreaterThan(0.6);
    }
    try (LearnerService learner = start("halves", directory, topics)) {
      learn(learner, topics, 100, 300);
    }
    try (LearnerService learner = start("whole", other, topics)) {
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 300);
    }
    List<ModelManifest> halves = of("halves", topics);
    assertThat(halves.get(0).getLineage().getHyperParameters().get("settings"))
        .contains("learner=mistakes-only Settings[arriving=4, step=0.5]");
    assertThat(halves.stream().map(ModelManifest::getSha256).distinct())
        .as("put down and taken up, it learned the same to the bit")
        .hasSize(20)
        .containsExactlyElementsOf(
            of("whole", topics).stream().map(ModelManifest::getSha256).toList());
  }

  private static List<ModelManifest> of(String model, Topics topics) {
    return manifests(topics).stream().filter(it -> it.getModelName().equals(model)).toList();
  }

  private static void learn(LearnerService learner, Topics topics, int from, int to) {
    send(topics, IntStream.range(from, to).mapToObj(DriftingClasses::task).toArray(byte[][]::new));
    await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == to);
  }

  private LearnerService start(String model, Path directory, Topics topics) {
    LearnerConfig config =
        new LearnerConfig(
            model,
            new StoreConfig(directory.resolve("learner"), false, false),
            DriftingClasses.settings(kind.defaults()),
            5,
            0,
            new EngineConfig("fused", 1),
            (short) 1);
    return LearnerService.start(config, topics, TaskTopic.kafka(), new SimpleMeterRegistry());
  }
}
