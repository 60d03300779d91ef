package io.engram.kafkakit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * What is done to topics and groups while nobody uses them: topics are looked at, deleted and made anew, and a group's positions are moved.
 * Every call waits for the brokers, for as long as this is patient. Safe for use by many threads.
 */
public final class TopicMaintenance implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Admin admin;
  private final Duration patience;

  private TopicMaintenance(Admin admin, Duration patience) {
    this.admin = admin;
    this.patience = patience;
  }

  /**
   * Opens an admin client.
   *
   * @param kafka properties of the client; {@code bootstrap.servers} at least
   * @param patience how long one answer may take
   * @throws KafkaException if the properties are wrong
   */
  public static TopicMaintenance open(Map<String, Object> kafka, Duration patience) {
    return new TopicMaintenance(Admin.create(kafka), patience);
  }

  /** The names of all topics. */
  public Set<String> names() {
    return KafkaAnswers.await(admin.listTopics().names(), patience);
  }

  /** A topic as it would be made again: its partitions, its copies, and what was set of it alone. */
  public Optional<Topic> find(String name) {
    return names().contains(name)
        ? Optional.of(described(name, ownConfigs(name)))
        : Optional.empty();
  }

  /** A topic with every configuration in force, whether set of it or the broker's default. */
  public Optional<Topic> inForce(String name) {
    if (!names().contains(name)) {
      return Optional.empty();
    }
    Map<String, String> all = new HashMap<>();
    for (ConfigEntry entry : configs(name).entries()) {
      if (entry.value() != null) {
        all.put(entry.name(), entry.value());
      }
    }
    return Optional.of(described(name, all));
  }

  /**
   * The operation on a topic that whoever asks has no right to and that {@link #inForce} needs; empty if there is none. Who may not describe
   * a topic is not told whether it is there.
   */
  public Optional<String> lacking(String name) {
    if (refused(() -> admin.describeTopics(List.of(name)).allTopicNames())) {
      return Optional.of("Describe");
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return refused(() -> admin.describeConfigs(Set.of(resource)).all())
        ? Optional.of("DescribeConfigs")
        : Optional.empty();
  }

  private <T> boolean refused(Supplier<KafkaFuture<T>> question) {
    try {
      KafkaAnswers.await(question.get(), patience);
      return false;
    } catch (KafkaException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      if (e.getCause() instanceof AuthorizationException) {
        return true;
      }
      throw e;
    }
  }

  private Topic described(String name, Map<String, String> configs) {
    TopicDescription found =
        required(
            KafkaAnswers.awaitKnown(
                    () -> admin.describeTopics(List.of(name)).allTopicNames(), patience)
                .get(name),
            name);
    short copies = (short) found.partitions().get(0).replicas().size();
    return new Topic(name, found.partitions().size(), copies, configs);
  }

  private Map<String, String> ownConfigs(String name) {
    Map<String, String> own = new HashMap<>();
    for (ConfigEntry entry : configs(name).entries()) {
      if (entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG) {
        own.put(entry.name(), entry.value());
      }
    }
    return own;
  }

  private Config configs(String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return required(
        KafkaAnswers.awaitKnown(() -> admin.describeConfigs(Set.of(resource)).all(), patience)
            .get(resource),
        name);
  }

  /**
   * Deletes a topic, if it is there. When this returns no broker has anything of it any more, and a topic of that name can be made: brokers
   * carry a deletion out a moment after they stop naming the topic, and would write what comes until then to the log that is about to go.
   */
  public void delete(String name) {
    if (names().contains(name)) {
      KafkaAnswers.await(admin.deleteTopics(List.of(name)).all(), patience);
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (names().contains(name) || anyLogOf(name)) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException("topic '%s' was deleted and is still there".formatted(name));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private boolean anyLogOf(String name) {
    List<Integer> brokers =
        KafkaAnswers.await(admin.describeCluster().nodes(), patience).stream()
            .map(Node::id)
            .toList();
    return KafkaAnswers.await(admin.describeLogDirs(brokers).allDescriptions(), patience)
        .values()
        .stream()
        .flatMap(directories -> directories.values().stream())
        .flatMap(directory -> directory.replicaInfos().keySet().stream())
        .anyMatch(partition -> partition.topic().equals(name));
  }

  /** Makes a topic. */
  public void create(Topic topic) {
    KafkaAnswers.await(admin.createTopics(List.of(topic.describe())).all(), patience);
  }

  /**
   * Sets one of a topic's configurations.
   *
   * @param value null for the broker's default
   */
  public void set(String name, String config, @Nullable String value) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    AlterConfigOp operation =
        new AlterConfigOp(
            new ConfigEntry(config, value == null ? "" : value),
            value == null ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET);
    KafkaAnswers.await(
        admin.incrementalAlterConfigs(Map.of(resource, List.of(operation))).all(), patience);
  }

  /** Whether no transaction is open in a topic: all that was written can be read. */
  public boolean settled(String name) {
    int partitions = find(name).map(Topic::partitions).orElse(0);
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
    }
    return ends(ends, IsolationLevel.READ_COMMITTED)
        .equals(ends(ends, IsolationLevel.READ_UNCOMMITTED));
  }

  private Map<TopicPartition, Long> ends(
      Map<TopicPartition, OffsetSpec> of, IsolationLevel isolation) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    KafkaAnswers.await(admin.listOffsets(of, new ListOffsetsOptions(isolation)).all(), patience)
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  /** Where a group goes on in a topic, by partition, as far as it has said so. */
  public Map<Integer, Long> positions(String group, String topic) {
    Map<Integer, Long> positions = new TreeMap<>();
    unlessAbsent(() -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .orElse(Map.of())
        .forEach(
            (partition, position) -> {
              if (partition.topic().equals(topic) && position != null) {
                positions.put(partition.partition(), position.offset());
              }
            });
    return positions;
  }

  /** Has a group go on there. It must have no members. */
  public void move(String group, String topic, Map<Integer, Long> positions) {
    if (positions.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    positions.forEach(
        (partition, offset) ->
            offsets.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
    KafkaAnswers.await(admin.alterConsumerGroupOffsets(group, offsets).all(), patience);
  }

  /** Whether a group has members: running ones, or such as did not say that they left and have not been given up yet. */
  public boolean hasMembers(String group) {
    return unlessAbsent(() -> admin.describeConsumerGroups(List.of(group)).all())
        .map(found -> required(found.get(group), group))
        .filter(found -> !found.members().isEmpty())
        .isPresent();
  }

  /** Takes all members out of a group. Only for who knows that none of them runs. */
  public void expelMembers(String group) {
    if (hasMembers(group)) {
      KafkaAnswers.await(
          admin
              .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
              .all(),
          patience);
    }
  }

  /** The coordinator itself is asked, which answers once it knows its groups; a list of all groups may lack some until then. */
  private <T> Optional<T> unlessAbsent(Supplier<KafkaFuture<T>> question) {
    try {
      return Optional.of(KafkaAnswers.await(question.get(), patience));
    } catch (KafkaException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <T> T required(@Nullable T answer, String of) {
    if (answer == null) {
      throw new KafkaException("Kafka answered nothing about '%s'".formatted(of));
    }
    return answer;
  }

  @Override
  public void close() {
    admin.close(patience);
  }
}
