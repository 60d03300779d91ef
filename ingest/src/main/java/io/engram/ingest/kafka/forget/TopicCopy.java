package io.engram.ingest.kafka.forget;

import io.engram.ingest.domain.IngestException;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.PlainWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic whole, by a rule, and writes what stays to another one, partition by partition. */
final class TopicCopy {

  private final Map<String, Object> kafka;

  TopicCopy(Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  /** Counts and goes by the rule, and writes nothing. */
  Found look(String topic, CopyRule rule) {
    return run(topic, topic, rule, record -> {});
  }

  /**
   * Writes what the rule has stay of {@code from} to {@code to}, which must be empty and have as many partitions, and reads it again.
   *
   * @throws IngestException if what is read is not what was written
   */
  Found copy(String from, String to, int largestRecord, CopyRule rule) {
    Sum written = new Sum();
    Found found;
    try (PlainWriter writer = new PlainWriter(kafka, largestRecord)) {
      found =
          run(
              from,
              to,
              rule,
              record -> {
                written.add(record.partition(), record.key(), record.value());
                writer.send(record);
              });
      writer.flush();
    }
    Sum read = new Sum();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(to, record -> read.add(record.partition(), record.key(), record.value()));
    }
    if (!written.same(read)) {
      throw new IngestException(
          "the copy of topic '%s' in '%s' holds %s, but %s were written; call it again"
              .formatted(from, to, read, written));
    }
    return found;
  }

  private Found run(
      String from, String to, CopyRule rule, Consumer<ProducerRecord<byte[], byte[]>> sink) {
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
              ProducerRecord<byte[], byte[]> copy = rule.copy(record, to);
              if (copy != null) {
                sink.accept(copy);
              }
            });
        rule.behind(partition.partition(), to).forEach(sink);
      }
    }
    return new Found(from, counting.records, counting.ofKey, counting.bytes);
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
