package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.IngestSettings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.PredictSettings;
import io.engram.cli.role.RegistrySettings;
import io.engram.cli.role.SigningSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.Example;
import io.engram.client.ModelSubscription;
import io.engram.embeddedkafka.SaslKafka;
import io.engram.ingest.IngestService;
import io.engram.learner.LearnerService;
import io.engram.modelregistry.RegistryService;
import io.engram.predict.PredictService;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the rights that docs/operations.md lists, and no others, every role does its work; and nobody speaks for the registry. */
@Timeout(300)
class RightsTest {

  private static final List<String> ROLES =
      List.of("ingest", "learner", "registry", "predict", "program");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void theListedRightsAreEnough() throws Exception {
    List<AclBinding> listed = listed();
    assertThat(listed).isNotEmpty();
    Topics topics = new Topics("");
    try (SaslKafka kafka = SaslKafka.start(directory.resolve("kafka"), ROLES)) {
      try (Admin admin = Admin.create(kafka.clients(SaslKafka.ADMIN))) {
        admin.createAcls(listed).all().get();
      }
      Settings settings = settings();
      StateDirectory state = StateDirectory.open(directory.resolve("state"));
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      try (IngestService ingest =
              IngestService.start(
                  IngestSettings.read(settings, state), topics, kafka.clients("ingest"), meters);
          LearnerService learner =
              LearnerService.start(
                  LearnerSettings.read(settings, state),
                  topics,
                  kafka.clients("learner"),
                  meters,
                  SigningSettings.read(settings).learner());
          RegistryService registry =
              RegistryService.start(
                  RegistrySettings.read(settings, state),
                  topics,
                  kafka.clients("registry"),
                  meters,
                  RegistrySettings.examiner(settings, topics, kafka.clients("registry")));
          PredictService predict =
              PredictService.start(
                  PredictSettings.read(settings, state), topics, kafka.clients("predict"), meters);
          Engram program =
              Engram.connect(
                  new EngramConfig(
                      topics,
                      kafka.clients("program"),
                      10,
                      SigningSettings.read(settings).registry().own()))) {
        ModelSubscription model = program.subscribe("default");
        send(program);
        assertThat(model.awaitVersion(1, PATIENCE).version()).isPositive();
        for (String topic :
            List.of(
                topics.modelUpdates(),
                topics.registryEvents(),
                topics.modelCandidates(),
                topics.tasks())) {
          mayNotWrite(kafka.clients("program"), topic);
        }
        mayNotWrite(kafka.clients("learner"), topics.modelUpdates());
        mayNotWrite(kafka.clients("ingest"), topics.modelCandidates());
        assertThat(registry.termination()).isNotDone();
        assertThat(learner.termination()).isNotDone();
        assertThat(ingest.termination()).isNotDone();
        assertThat(predict.termination()).isNotDone();
      }
    }
  }

  private static void mayNotWrite(Map<String, Object> clients, String topic) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1])).get())
          .as("writing to %s", topic)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  private Settings settings() {
    Layers layers = Layers.none();
    for (String it :
        List.of(
            "learner.network=input(1) dense(8) relu dense(1) mse",
            "learner.publish-every=1",
            "ingest.grouping.size=10",
            "ingest.split.support=5",
            "state-dir=" + directory.resolve("state"))) {
      layers = layers.withAssignment(it);
    }
    return Settings.load(layers);
  }

  private static void send(Engram program) {
    for (int task = 0; task < 8; task++) {
      for (int i = 0; i < 10; i++) {
        float x = i / 5f;
        var unused =
            program
                .examples()
                .send(Example.of("key-" + task, new float[] {x}, new float[] {task * x}));
      }
    }
  }

  /** The table of rights: role, resource, name (a star at its end stands for anything), operations. */
  private static List<AclBinding> listed() {
    List<AclBinding> rights = new ArrayList<>();
    String text = Repository.text("docs/operations.md");
    String section = text.substring(text.indexOf("\n## Rights\n"));
    for (String line : section.substring(0, section.indexOf("\n## ", 1)).lines().toList()) {
      String[] cells = line.replace("`", "").split("\\|", -1);
      if (cells.length == 6 && ROLES.contains(cells[1].strip())) {
        rights.addAll(bindings(cells));
      }
    }
    return rights;
  }

  private static List<AclBinding> bindings(String[] cells) {
    String name = cells[3].strip();
    boolean prefixed = name.endsWith("*");
    ResourcePattern resource =
        new ResourcePattern(
            ResourceType.fromString(cells[2].strip().replace(' ', '_').toUpperCase(Locale.ROOT)),
            prefixed ? name.substring(0, name.length() - 1) : name,
            prefixed ? PatternType.PREFIXED : PatternType.LITERAL);
    List<AclBinding> bindings = new ArrayList<>();
    for (String operation : cells[4].split(",", -1)) {
      bindings.add(
          new AclBinding(
              resource,
              new AccessControlEntry(
                  "User:" + cells[1].strip(),
                  "*",
                  AclOperation.fromString(
                      operation.strip().replace("eC", "e_C").toUpperCase(Locale.ROOT)),
                  AclPermissionType.ALLOW)));
    }
    return bindings;
  }
}
