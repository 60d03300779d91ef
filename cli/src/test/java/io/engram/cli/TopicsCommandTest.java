package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }
}
