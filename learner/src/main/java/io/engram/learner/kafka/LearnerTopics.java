package io.engram.learner.kafka;

import io.engram.kafkakit.NeededTopic;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;

/** Makes the topic the learner owns, where it is not there yet. */
public final class LearnerTopics {

  /** Candidates are judged at once; this much of them is enough to look back on. */
  private static final String CANDIDATE_BYTES = Long.toString(512L << 20);

  private LearnerTopics() {}

  /**
   * Creates {@code model-candidates} if absent.
   *
   * @param replication −1 for the broker's default
   * @throws KafkaException if the brokers cannot be reached or refuse
   */
  public static void create(Topics topics, short replication, Map<String, Object> kafkaProperties) {
    TopicAdmin.ensure(kafkaProperties, List.of(candidates(topics, replication).topic()));
  }

  /**
   * The topic of candidates. It has one partition: a model's candidates must stay in order.
   *
   * @param replication −1 for the broker's default
   */
  public static NeededTopic candidates(Topics topics, short replication) {
    return NeededTopic.fixed(
        new Topic(
            topics.modelCandidates(),
            1,
            replication,
            Map.of(TopicConfig.RETENTION_BYTES_CONFIG, CANDIDATE_BYTES)));
  }
}
