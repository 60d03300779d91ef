package io.engram.kafkakit;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics where they are absent, and learns what those that exist can take. Safe for use by many threads; every call waits for
 * the brokers, for as long as this is patient.
 */
public final class TopicAdmin implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Admin admin;
  private final Duration patience;

  /** With an admin client that somebody else closes. */
  TopicAdmin(Admin admin, Duration patience) {
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
  public static TopicAdmin open(Map<String, Object> kafka, Duration patience) {
    return new TopicAdmin(Admin.create(kafka), patience);
  }

  /**
   * When this returns the topics exist; those that were there are as they were.
   *
   * @return the names of those that were there
   * @throws KafkaException where a topic can be neither found nor created
   */
  public static Set<String> ensure(Map<String, Object> kafka, Collection<Topic> topics) {
    try (TopicAdmin admin = open(kafka, PATIENCE)) {
      return admin.ensure(topics);
    }
  }

  /**
   * As {@link #ensure(Map, Collection)}, on brokers that need nothing but their address.
   *
   * @return the names of those that were there
   * @throws KafkaException where a topic can be neither found nor created
   */
  public static Set<String> ensure(String bootstrapServers, Collection<Topic> topics) {
    return ensure(ClientProperties.at(bootstrapServers, Map.of()), topics);
  }

  /**
   * As {@link #ensure(Map, Collection)}.
   *
   * @return the names of those that were there
   * @throws KafkaException where a topic can be neither found nor created
   */
  public Set<String> ensure(Collection<Topic> topics) {
    Set<String> there = new HashSet<>(KafkaAnswers.await(admin.listTopics().names(), patience));
    there.retainAll(topics.stream().map(Topic::name).toList());
    List<Topic> absent = topics.stream().filter(topic -> !there.contains(topic.name())).toList();
    Map<String, KafkaFuture<Void>> creations =
        admin.createTopics(absent.stream().map(Topic::describe).toList()).values();
    for (Topic topic : absent) {
      if (created(topic, answered(creations.get(topic.name()), topic.name()))) {
        LOG.info("created topic {} with {} partitions", topic.name(), topic.partitions());
      } else {
        there.add(topic.name());
      }
    }
    return there;
  }

  /** False if somebody else has made it meanwhile. */
  private boolean created(Topic topic, KafkaFuture<Void> creation) {
    try {
      KafkaAnswers.await(creation, patience);
      return true;
    } catch (KafkaException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw new KafkaException(
          "topic '%s' cannot be created, and is not there: %s"
              .formatted(topic.name(), e.getMessage()),
          e.getCause());
    }
  }

  /** How many partitions a topic has. */
  public int partitions(String topic) {
    Map<String, TopicDescription> found =
        KafkaAnswers.awaitKnown(
            () -> admin.describeTopics(List.of(topic)).allTopicNames(), patience);
    return answered(found.get(topic), topic).partitions().size();
  }

  /** The largest batch of records a topic takes. */
  public int maxMessageBytes(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> found =
        KafkaAnswers.awaitKnown(() -> admin.describeConfigs(Set.of(resource)).all(), patience);
    return Integer.parseInt(
        answered(found.get(resource), topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
  }

  private static <T> T answered(@Nullable T answer, String topic) {
    if (answer == null) {
      throw new KafkaException("Kafka answered nothing about topic '%s'".formatted(topic));
    }
    return answer;
  }

  /** At once: every answer that mattered was waited for, and what has not come by then would be waited for a minute more. */
  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
