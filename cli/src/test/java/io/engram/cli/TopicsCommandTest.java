package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.embeddedkafka.SaslKafka;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {

  @Test
  void theListedRightsAreThoseOfTheManual() throws IOException {
    Shell.Outcome printed = Shell.run("topics", "acls");
    assertThat(printed.exitCode()).isZero();
    String manual = Files.readString(Path.of("../docs/operations.md"));
    String section = manual.substring(manual.indexOf("\n## Rights\n"));
    assertThat(section.substring(0, section.indexOf("\n## ", 1)).lines())
        .containsSubsequence(printed.out().lines().toList())
        .filteredOn(line -> line.startsWith("| "))
        .hasSize(printed.out().lines().toList().size() + 2);
  }

  @Test
  void rightsAreWrittenForKafkasScriptsAndForStrimzi() {
    String[] learner = {"topics", "acls", "--role", "learner", "--set", "topic-prefix=a."};
    assertThat(Shell.run(with(learner, "--format", "scripts")).out())
        .contains(
            "--add --allow-principal User:learner --operation Write --operation Describe --transactional-id 'a.model-candidates.learner.' --resource-pattern-type prefixed");
    assertThat(Shell.run(with(learner, "--format", "strimzi", "--cluster", "mine")).out())
        .contains("kind: KafkaUser\nmetadata:\n  name: learner\n")
        .contains("strimzi.io/cluster: mine")
        .contains("name: \"a.model-candidates.learner.\"\n          patternType: prefix\n");
    assertThat(Shell.run("topics", "acls", "--role", "leaner").exitCode()).isEqualTo(2);
  }

  @Test
  void topicsAreWrittenAsTheyWouldBeCreated() {
    String[] create = {"topics", "create", "--set", "ingest.topics.partitions=3"};
    assertThat(Shell.run(with(create, "--format", "scripts")).out())
        .contains("--create --if-not-exists --topic examples --partitions 3\n")
        .contains(
            "--topic engram-ingest-open-changelog --partitions 3 --config cleanup.policy=compact")
        .contains("--topic registry-events --partitions 1 --config cleanup.policy=delete");
    assertThat(Shell.run(with(create, "--format", "strimzi")).out())
        .contains("  topicName: \"examples.rejected\"\n  partitions: 3\n")
        .contains("    cleanup.policy: \"compact\"\n");
  }

  @Test
  void whatIsThereIsCheckedAndWhatIsAbsentMade() {
    String prefix = TestBroker.uniquePrefix("topics");
    String bootstrap = TestBroker.bootstrapServers();
    TopicAdmin.ensure(
        bootstrap,
        List.of(
            Topic.of(prefix + "examples", 2),
            Topic.of(prefix + "labels", 1),
            new Topic(prefix + "model-updates", 1, (short) 1, Map.of())));
    String[] on = {"--bootstrap", bootstrap, "--set", "topic-prefix=" + prefix};
    Shell.Outcome before = Shell.run(with(new String[] {"topics", "check"}, on));
    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.out().replace(prefix, "").lines())
        .contains(
            "ok       examples: 2 partitions, 1 copies",
            "WRONG    tasks: found none, expected 1 partitions: engram topics create",
            "WRONG    labels: partitions found 1, expected 2: kafka-topics.sh --alter --topic labels --partitions 2",
            "WRONG    model-updates: cleanup.policy found delete, expected compact: kafka-configs.sh --alter --entity-type topics --entity-name model-updates --add-config cleanup.policy=compact",
            "absent   engram-ingest-open-changelog: its role makes it at its start");
    Shell.Outcome made = Shell.run(with(new String[] {"topics", "create"}, on));
    assertThat(made.out().replace(prefix, "").lines())
        .contains(
            "created  tasks: 1 partitions", "created  engram-ingest-open-changelog: 2 partitions");
    assertThat(Shell.run(with(new String[] {"topics", "check"}, on)).out().lines())
        .filteredOn(it -> it.startsWith("WRONG"))
        .hasSize(2);
  }

  @Test
  void aRightThatIsMissingIsNamed(@TempDir Path directory) throws IOException {
    try (SaslKafka broker = SaslKafka.start(directory.resolve("broker"), List.of("ops"))) {
      Map<String, Object> admin = broker.clients(SaslKafka.ADMIN);
      TopicAdmin.ensure(
          admin, List.of(Topic.of("examples", 1), Topic.of("tasks", 1), Topic.of("labels", 1)));
      allow(admin, "examples", AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
      allow(admin, "tasks", AclOperation.DESCRIBE);

      Map<String, Object> ops = broker.clients("ops");
      StringBuilder config = new StringBuilder();
      ops.forEach(
          (key, value) ->
              config.append(
                  "engram.kafka.\"%s\" = \"%s\"%n"
                      .formatted(key, String.valueOf(value).replace("\"", "\\\""))));
      Path file = Files.writeString(directory.resolve("ops.conf"), config.toString());
      Shell.Outcome outcome =
          Shell.run(
              "topics",
              "check",
              "--config",
              file.toString(),
              "--bootstrap",
              String.valueOf(ops.get("bootstrap.servers")));
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
      assertThat(outcome.out().lines())
          .contains(
              "ok       examples: 1 partitions, 1 copies",
              "WRONG    tasks: found no right to DescribeConfigs it, so nobody knows how it is: kafka-acls.sh --add --operation DescribeConfigs --topic tasks for whoever asks",
              "WRONG    labels: found no right to Describe it, so nobody knows how it is: kafka-acls.sh --add --operation Describe --topic labels for whoever asks");
    }
  }

  private static void allow(Map<String, Object> admin, String topic, AclOperation... operations) {
    try (Admin client = Admin.create(admin)) {
      List<AclBinding> bindings =
          Arrays.stream(operations)
              .map(
                  it ->
                      new AclBinding(
                          new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                          new AccessControlEntry("User:ops", "*", it, AclPermissionType.ALLOW)))
              .toList();
      assertThat(client.createAcls(bindings).all().toCompletionStage().toCompletableFuture())
          .succeedsWithin(Duration.ofSeconds(20));
    }
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }
}
