package io.engram.ingest.kafka.forget;

import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.TopicMaintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Looks for bytes in every record of every topic, as clients see them: key, value and headers, decompressed. */
public final class TopicSearch {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String INTERNAL = "__";

  private final Map<String, Object> kafka;

  /**
   * @param kafka properties of the clients; {@code bootstrap.servers} at least
   */
  public TopicSearch(Map<String, Object> kafka) {
    this.kafka = Map.copyOf(kafka);
  }

  /**
   * What a topic has of it.
   *
   * @param records in which it was found
   * @param first the first of them, as partition and offset
   */
  public record Place(String topic, long records, String first) {}

  /** Every topic in which something is found, but for Kafka's own. */
  public List<Place> places(Predicate<byte[]> wanted) {
    List<Place> places = new ArrayList<>();
    try (TopicMaintenance maintenance = TopicMaintenance.open(kafka, PATIENCE);
        CommittedReader reader = new CommittedReader(kafka)) {
      for (String topic : new TreeSet<>(maintenance.names())) {
        if (!topic.startsWith(INTERNAL)) {
          List<String> found = new ArrayList<>();
          reader.readAll(
              topic,
              record -> {
                if (holds(record, wanted)) {
                  found.add("%d@%d".formatted(record.partition(), record.offset()));
                }
              });
          if (!found.isEmpty()) {
            places.add(new Place(topic, found.size(), found.get(0)));
          }
        }
      }
    }
    return places;
  }

  private static boolean holds(ConsumerRecord<byte[], byte[]> record, Predicate<byte[]> wanted) {
    for (Header header : record.headers()) {
      if (holds(header.value(), wanted)) {
        return true;
      }
    }
    return holds(record.key(), wanted) || holds(record.value(), wanted);
  }

  private static boolean holds(byte @Nullable [] bytes, Predicate<byte[]> wanted) {
    return bytes != null && wanted.test(bytes);
  }
}
