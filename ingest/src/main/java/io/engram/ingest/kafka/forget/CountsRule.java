package io.engram.ingest.kafka.forget;

import io.engram.ingest.domain.Category;
import io.engram.ingest.domain.PartitionCounts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The changelog of counts: what went is counted as forgotten, so that the sum of all examples stays what it was. */
final class CountsRule implements CopyRule {

  private static final String FORGOTTEN = PartitionCounts.name(Category.FORGOTTEN);

  private final Removed removed;
  private final Set<Integer> counted = new HashSet<>();

  /**
   * @param removed complete by now
   */
  CountsRule(Removed removed) {
    this.removed = removed;
  }

  @Override
  public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
    return false;
  }

  @Override
  public ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, String to) {
    byte[] value = record.value();
    if (record.key() == null || value == null || value.length != Long.BYTES) {
      return CopyRule.asItIs(record, to);
    }
    String name = new String(record.key(), StandardCharsets.UTF_8);
    if (name.equals(FORGOTTEN)) {
      counted.add(record.partition());
    }
    return CopyRule.with(
        record,
        to,
        bytes(removed.after(record.partition(), name, ByteBuffer.wrap(value).getLong())));
  }

  @Override
  public List<ProducerRecord<byte[], byte[]>> behind(int partition, String to) {
    long forgotten = removed.after(partition, FORGOTTEN, 0);
    return counted.contains(partition) || forgotten == 0
        ? List.of()
        : List.of(
            new ProducerRecord<>(
                to, partition, FORGOTTEN.getBytes(StandardCharsets.UTF_8), bytes(forgotten)));
  }

  private static byte[] bytes(long count) {
    return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
  }
}
