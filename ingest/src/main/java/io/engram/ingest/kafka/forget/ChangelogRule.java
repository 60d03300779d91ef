package io.engram.ingest.kafka.forget;

import io.engram.ingest.kafka.Changelogs;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The changelogs by task key: the key's records go. Of open tasks it notes how many examples they had last. */
final class ChangelogRule implements CopyRule {

  private final byte[] key;
  private final boolean openTasks;
  private final Map<Integer, Map<String, Long>> open = new HashMap<>();

  /**
   * @param openTasks whether these are the open tasks
   */
  ChangelogRule(byte[] key, boolean openTasks) {
    this.key = key;
    this.openTasks = openTasks;
  }

  /** Examples of the key that wait for their task to be closed; complete when all were copied. */
  void count(Removed removed) {
    open.forEach(
        (partition, counts) ->
            removed.open(partition, counts.values().stream().mapToLong(Long::longValue).sum()));
  }

  @Override
  public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null && Changelogs.names(record.key(), key);
  }

  @Override
  public @Nullable ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, String to) {
    if (!ofKey(record)) {
      return CopyRule.asItIs(record, to);
    }
    if (openTasks) {
      byte[] value = record.value();
      open.computeIfAbsent(record.partition(), partition -> new HashMap<>())
          .put(
              new String(record.key(), StandardCharsets.UTF_8),
              value == null ? 0L : Changelogs.examples(value));
    }
    return null;
  }
}
