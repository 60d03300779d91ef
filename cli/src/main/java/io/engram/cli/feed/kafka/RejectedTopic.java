package io.engram.cli.feed.kafka;

import io.engram.cli.view.RejectedBy;
import io.engram.cli.view.RejectedBy.Reason;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Rejected;
import io.engram.schemas.kafka.RejectedHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * Counts the committed records of a topic of rejected examples by reading them; offsets would count transaction markers too. Owned by one
 * thread.
 */
public final class RejectedTopic implements AutoCloseable {

  /** More different words than these are not told apart; whoever writes the headers might make up one for each record. */
  private static final int MOST_REASONS = 100;

  private static final String OTHER = "other";
  private static final int LONGEST = 300;

  private final CommittedReader reader;
  private final String topic;
  private final Map<String, Reason> reasons = new LinkedHashMap<>();
  private List<TopicPartition> partitions = List.of();
  private long count;

  public RejectedTopic(String topic, Map<String, Object> kafkaProperties) {
    this.topic = topic;
    this.reader = new CommittedReader(kafkaProperties);
  }

  /** What is there now. */
  public RejectedBy now() {
    if (partitions.isEmpty()) {
      partitions = reader.partitions(topic);
      reader.consumer().assign(partitions);
      reader.consumer().seekToBeginning(partitions);
    }
    reader.readTo(reader.ends(partitions), record -> add(record.headers()));
    return new RejectedBy(count, reasons);
  }

  private void add(Headers headers) {
    count++;
    Rejected why = RejectedHeaders.read(headers).orElse(null);
    String word = why == null ? OTHER : why.category();
    String said = why == null ? "it has no headers that say why" : why.reason();
    String counted = reasons.containsKey(word) || reasons.size() < MOST_REASONS ? word : OTHER;
    reasons.merge(
        counted,
        new Reason(1, said.substring(0, Math.min(LONGEST, said.length()))),
        (a, b) -> a.more());
  }

  @Override
  public void close() {
    reader.close();
  }
}
