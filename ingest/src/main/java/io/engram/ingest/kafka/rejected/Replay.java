package io.engram.ingest.kafka.rejected;

import io.engram.kafkakit.TransactionalWriter;
import io.engram.schemas.Rejected;
import io.engram.schemas.Topics;
import io.engram.schemas.kafka.RejectedHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Sends rejected records again, each once: how far it has come with a reason is committed in the transaction that sends them. What was tried often
 * enough stays where it is. For one thread.
 */
public final class Replay {

  private static final int BATCH = 500;

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final RejectedQueue queue;
  private final ReplayPositions positions;
  private final int attempts;
  private final Fix fix;

  /**
   * @param kafka properties of the clients; {@code bootstrap.servers} at least
   * @param attempts what was tried so often is not sent again
   */
  public Replay(Map<String, Object> kafka, Topics topics, int attempts, Fix fix) {
    this.kafka = Map.copyOf(kafka);
    this.topics = topics;
    this.queue = new RejectedQueue(kafka, topics);
    this.positions = new ReplayPositions(kafka, topics);
    this.attempts = attempts;
    this.fix = fix;
  }

  /** Whether a record came from a topic, so that there is a place to send it to. */
  static boolean comesFromATopic(RejectedRecord record) {
    return record.rejected().source() instanceof Rejected.Source.Log;
  }

  /**
   * All that stand there now, of one reason or of all but duplicates.
   *
   * @param category the reason; empty for all
   */
  public Replayed all(Optional<String> category) {
    Replayed.Counting counting = new Replayed.Counting();
    Map<String, Map<Integer, Long>> done = new HashMap<>();
    List<RejectedRecord> batch = new ArrayList<>();
    try (TransactionalWriter writer = writer()) {
      queue.forEach(
          record -> {
            String found = record.rejected().category();
            boolean wanted =
                category.map(found::equals).orElseGet(() -> !found.equals(Replayed.DUPLICATE));
            long from =
                done.computeIfAbsent(found, positions::of)
                    .getOrDefault(record.record().partition(), 0L);
            if (!wanted) {
              return;
            }
            if (record.record().offset() < from) {
              counting.before();
              return;
            }
            batch.add(record);
            if (batch.size() == BATCH) {
              write(writer, batch, counting, true);
            }
          });
      write(writer, batch, counting, true);
    }
    return counting.result();
  }

  /** One of them, whether it was replayed before or not. */
  public Replayed one(RejectedRecord record) {
    Replayed.Counting counting = new Replayed.Counting();
    try (TransactionalWriter writer = writer()) {
      write(writer, new ArrayList<>(List.of(record)), counting, false);
    }
    return counting.result();
  }

  private TransactionalWriter writer() {
    return TransactionalWriter.open(kafka, topics.prefix() + "engram-rejected.replay");
  }

  @SuppressWarnings("removal") // a group without members has its metadata from nowhere else
  private void write(
      TransactionalWriter writer,
      List<RejectedRecord> batch,
      Replayed.Counting counting,
      boolean moveOn) {
    if (batch.isEmpty()) {
      return;
    }
    writer.begin();
    Map<String, Map<TopicPartition, OffsetAndMetadata>> reached = new HashMap<>();
    for (RejectedRecord record : batch) {
      again(record, counting).ifPresent(writer::send);
      reached
          .computeIfAbsent(record.rejected().category(), category -> new HashMap<>())
          .put(partition(record), new OffsetAndMetadata(record.record().offset() + 1));
    }
    if (moveOn) {
      reached.forEach(
          (category, offsets) ->
              writer.offsets(offsets, new ConsumerGroupMetadata(positions.group(category))));
    }
    writer.commit();
    batch.clear();
  }

  /** What is sent of a record, as it came but for the number of attempts; nothing if it stays. */
  private Optional<ProducerRecord<byte[], byte[]>> again(
      RejectedRecord record, Replayed.Counting counting) {
    if (!(record.rejected().source() instanceof Rejected.Source.Log from)) {
      counting.noTopic();
      return Optional.empty();
    }
    if (record.attempts() >= attempts) {
      counting.triedOften();
      return Optional.empty();
    }
    if (record.record().key() == null && record.record().value() == null) {
      counting.nothingLeft();
      return Optional.empty();
    }
    Fix.Fixed fixed = fix.of(record);
    if (fixed instanceof Fix.Fixed.Bad bad) {
      counting.badStill(bad.reason());
      return Optional.empty();
    }
    Fix.Fixed.Good good = (Fix.Fixed.Good) fixed;
    Headers headers = new RecordHeaders(record.record().headers().toArray());
    RejectedHeaders.remove(headers);
    RejectedHeaders.writeAttempts(headers, record.attempts());
    counting.sent();
    // Whoever sent it may have another partitioner: where its key was it stays.
    Integer partition =
        Arrays.equals(good.key(), record.record().key()) ? Integer.valueOf(from.partition()) : null;
    return Optional.of(
        new ProducerRecord<>(from.topic(), partition, null, good.key(), good.value(), headers));
  }

  private TopicPartition partition(RejectedRecord record) {
    return new TopicPartition(topics.rejectedExamples(), record.record().partition());
  }
}
