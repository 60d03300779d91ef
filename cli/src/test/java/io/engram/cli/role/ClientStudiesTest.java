package io.engram.cli.role;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.client.StudyConfig;
import io.engram.client.VersionStudy;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.model.Adaptation;
import io.engram.model.TaskCodec;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.modelregistry.page.Studied;
import io.engram.schemas.Assembly;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ClientStudiesTest {

  private static final NetworkSpec LINE = NetworkSpec.parse("input(1) dense(1) mse");

  private final String topic = TestBroker.uniquePrefix("studies") + "tasks";
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @Test
  void theNewestTasksOfTheLogAreStudied() {
    TopicAdmin.ensure(TestBroker.bootstrapServers(), List.of(Topic.of(topic, 1)));
    Assembly.Complete version = VersionCodec.encode(version(), sha256 -> "c-" + sha256);
    StudyConfig config =
        new StudyConfig(5, 1 << 20, 32, StudyConfig.DEFAULT.budget().multipliedBy(60));
    try (ClientStudies studies = new ClientStudies(() -> VersionStudy.open(topic, kafka, config))) {
      Studied none = studies.study(7, version.manifest(), version.parameters());
      assertThat(none.rows()).isNull();
      assertThat(none.places()).isEmpty();

      for (int i = 0; i < 8; i++) {
        send(i);
      }
      Studied found = studies.study(7, version.manifest(), version.parameters());
      assertThat(found.version()).isEqualTo(7);
      assertThat(found.tasks()).isEqualTo(5);
      assertThat(found.places())
          .extracting(Studied.Place::key)
          .containsExactly("k7", "k6", "k5", "k4", "k3");
      Studied.Curve rows = requireNonNull(found.rows());
      assertThat(rows.x()).containsExactly(0, 1, 2, 3);
      assertThat(rows.simpleScore().get(0)).isNull();
      Studied.Curve steps = requireNonNull(found.steps());
      assertThat(requireNonNull(steps.model().get(2)))
          .isLessThan(requireNonNull(steps.model().get(0)));
    }
  }

  private void send(int slope) {
    float[] x = {-1, 0.5f, 1};
    float[] y = {-slope, 0.5f * slope, slope};
    ExampleSet line = new ExampleSet(1, x, new Targets.Values(1, y));
    Task task = new Task("t" + slope, "k" + slope, List.of(), line, line, 0);
    try (TransactionalWriter writer = TransactionalWriter.open(kafka, topic)) {
      writer.begin();
      byte[] key = task.key().getBytes(StandardCharsets.UTF_8);
      writer.send(new ProducerRecord<>(topic, key, TaskCodec.encode(task, slope, 6L * slope)));
      writer.commit();
    }
  }

  private static Version version() {
    return new Version(
        new Version.Name("m", 0, Instant.EPOCH),
        LINE,
        new Version.Labels(LabelSpace.NONE, List.of()),
        Adaptation.by(InnerLoop.sgd(2, 0.1f), NormalizationMode.NON_TRANSDUCTIVE),
        new Version.Weights(InitialParameters.of(LINE, 5, false), null, null),
        Map.of(),
        new Lineage(
            null, List.of(), 1L, 1L, 42L, Map.of(), Map.of(), "fused", "test", "17", "any"));
  }
}
