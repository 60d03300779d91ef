package io.engram.cli.topics;

import io.engram.cli.role.RoleRights.Right;
import io.engram.kafkakit.Topic;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Command lines of Kafka's own scripts.
 *
 * @param bootstrap the brokers
 */
record KafkaScripts(String bootstrap) implements Writing {

  @Override
  public String topics(List<Topic> topics) {
    return topics.stream().map(this::topic).collect(Collectors.joining());
  }

  private String topic(Topic topic) {
    StringBuilder line =
        new StringBuilder(
            "kafka-topics.sh --bootstrap-server %s --create --if-not-exists --topic %s --partitions %d"
                .formatted(bootstrap, topic.name(), topic.partitions()));
    if (topic.replication() > 0) {
      line.append(" --replication-factor ").append(topic.replication());
    }
    new TreeMap<>(topic.configs())
        .forEach((key, value) -> line.append(" --config %s=%s".formatted(key, value)));
    return line.append('\n').toString();
  }

  @Override
  public String rights(String role, List<Right> rights) {
    return rights.stream()
        .map(
            right ->
                "kafka-acls.sh --bootstrap-server %s --add --allow-principal User:%s%s --%s '%s'%s%n"
                    .formatted(
                        bootstrap,
                        role,
                        right.operations().stream()
                            .map(it -> " --operation " + it)
                            .collect(Collectors.joining()),
                        right.resource().replace(' ', '-'),
                        right.name(),
                        right.prefixed() ? " --resource-pattern-type prefixed" : ""))
        .collect(Collectors.joining());
  }
}
