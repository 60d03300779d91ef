package io.engram.cli.topics;

import io.engram.cli.role.RoleRights.Right;
import io.engram.kafkakit.Topic;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Strimzi's custom resources.
 *
 * @param cluster name of its {@code Kafka} resource
 */
record StrimziYaml(String cluster) implements Writing {

  @Override
  public String topics(List<Topic> topics) {
    return topics.stream().map(this::topic).collect(Collectors.joining());
  }

  private String topic(Topic topic) {
    StringBuilder yaml = new StringBuilder(head("KafkaTopic", resourceName(topic.name())));
    yaml.append("  topicName: \"%s\"\n".formatted(topic.name()));
    yaml.append("  partitions: %d\n".formatted(topic.partitions()));
    if (topic.replication() > 0) {
      yaml.append("  replicas: %d\n".formatted(topic.replication()));
    }
    if (!topic.configs().isEmpty()) {
      yaml.append("  config:\n");
      new TreeMap<>(topic.configs())
          .forEach((key, value) -> yaml.append("    %s: \"%s\"\n".formatted(key, value)));
    }
    return yaml.toString();
  }

  @Override
  public String rights(String role, List<Right> rights) {
    StringBuilder yaml = new StringBuilder(head("KafkaUser", role));
    yaml.append("  authentication:\n    type: scram-sha-512\n");
    yaml.append("  authorization:\n    type: simple\n    acls:\n");
    for (Right right : rights) {
      yaml.append("      - resource:\n          type: %s\n".formatted(type(right.resource())));
      yaml.append("          name: \"%s\"\n".formatted(right.name()));
      yaml.append("          patternType: %s\n".formatted(right.prefixed() ? "prefix" : "literal"));
      yaml.append("        operations: [%s]\n".formatted(String.join(", ", right.operations())));
      yaml.append("        host: \"*\"\n");
    }
    return yaml.toString();
  }

  private static String type(String resource) {
    return resource.equals("transactional id") ? "transactionalId" : resource;
  }

  /** Names of resources have small letters, digits, hyphens and dots. */
  private static String resourceName(String topic) {
    return topic.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String head(String kind, String name) {
    return """
    ---
    apiVersion: kafka.strimzi.io/v1
    kind: %s
    metadata:
      name: %s
      labels:
        strimzi.io/cluster: %s
    spec:
    """
        .formatted(kind, name, cluster);
  }
}
