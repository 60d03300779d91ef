package io.engram.ingest.kafka.forget;

import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.PlainWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads a topic whole, by a rule, and writes what stays to another one, partition by partition. */
final class TopicCopy {

  private final Map<String, Object> kafka;

  TopicCopy(Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  /** Counts and goes by the rule, and writes nothing. */
  Found look(String topic, CopyRule rule) {
    return run(topic, topic, rule, null);
  }

  /** Writes what the rule has stay of {@code from} to {@code to}, which must be empty and have as many partitions. */
  Found copy(String from, String to, int largestRecord, CopyRule rule) {
    try (PlainWriter writer = new PlainWriter(kafka, largestRecord)) {
      Found found = run(from, to, rule, writer);
      writer.flush();
      return found;
    }
  }

  private Found run(String from, String to, CopyRule rule, @Nullable PlainWriter writer) {
    Counting counting = new Counting();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      List<TopicPartition> partitions = reader.partitions(from);
      Map<TopicPartition, Long> ends = reader.ends(partitions);
      for (TopicPartition partition : partitions) {
        reader.consumer().assign(List.of(partition));
        reader.consumer().seekToBeginning(List.of(partition));
        reader.readTo(
            Map.of(partition, ends.getOrDefault(partition, 0L)),
            record -> {
              counting.count(record, rule);
              send(writer, rule.copy(record, to));
            });
        rule.behind(partition.partition(), to).forEach(record -> send(writer, record));
      }
    }
    return new Found(from, counting.records, counting.ofKey, counting.bytes);
  }

  private static void send(
      @Nullable PlainWriter writer, @Nullable ProducerRecord<byte[], byte[]> record) {
    if (writer != null && record != null) {
      writer.send(record);
    }
  }

  private static final class Counting {
    private long records;
    private long ofKey;
    private long bytes;

    void count(ConsumerRecord<byte[], byte[]> record, CopyRule rule) {
      records++;
      if (rule.ofKey(record)) {
        ofKey++;
        bytes +=
            Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
      }
    }
  }
}
