package io.engram.learner.kafka;

import io.engram.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

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
    // One partition: a model's candidates must stay in order.
    NewTopic candidates =
        new NewTopic(topics.modelCandidates(), 1, replication)
            .configs(Map.of(TopicConfig.RETENTION_BYTES_CONFIG, CANDIDATE_BYTES));
    try (Admin admin = Admin.create(kafkaProperties)) {
      admin.createTopics(List.of(candidates)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(
            "topic '%s' cannot be created: %s; create it, or allow the learner to"
                .formatted(candidates.name(), e.getMessage()),
            e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }
}
