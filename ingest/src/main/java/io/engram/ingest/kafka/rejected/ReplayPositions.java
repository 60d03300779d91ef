package io.engram.ingest.kafka.rejected;

import io.engram.kafkakit.TopicMaintenance;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.Map;

/**
 * Up to where the rejected of each reason were replayed: a consumer group for each reason, whose offsets are committed with the records that
 * were sent again.
 */
final class ReplayPositions {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, Object> kafka;
  private final Topics topics;

  ReplayPositions(Map<String, Object> kafka, Topics topics) {
    this.kafka = Map.copyOf(kafka);
    this.topics = topics;
  }

  /** The consumer group of a reason. */
  String group(String category) {
    return topics.prefix() + "engram-rejected." + category.replaceAll("[^a-zA-Z0-9._-]", "_");
  }

  /** By partition: what lies before was replayed. */
  Map<Integer, Long> of(String category) {
    try (TopicMaintenance cluster = TopicMaintenance.open(kafka, PATIENCE)) {
      return cluster.positions(group(category), topics.rejectedExamples());
    }
  }
}
