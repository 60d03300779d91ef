package io.engram.ingest.kafka.forget;

import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@code tasks}: the key's go, the others move up, to the offsets 0, 1, 2 … without the gaps that transactions leave, and say where their
 * examples stand now. What is left is the log that would stand there if the key had never sent anything.
 */
final class TasksRule implements CopyRule {

  private final byte[] key;
  private final OffsetMap fresh;
  private final Removed removed;
  private long kept;
  private long before = -1;
  private long firstAt = Long.MAX_VALUE;
  private long lastAt = Long.MIN_VALUE;

  TasksRule(byte[] key, OffsetMap fresh, Removed removed) {
    this.key = key;
    this.fresh = fresh;
    this.removed = removed;
  }

  /** Tasks that stay. */
  long kept() {
    return kept;
  }

  /** Tasks that stay before the first that goes. */
  long before() {
    return before < 0 ? kept : before;
  }

  /** From the first task to the last, as they were written. */
  Duration took() {
    return Duration.ofMillis(Math.max(0, lastAt - firstAt));
  }

  @Override
  public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
    return Arrays.equals(record.key(), key);
  }

  @Override
  public @Nullable ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, String to) {
    firstAt = Math.min(firstAt, record.timestamp());
    lastAt = Math.max(lastAt, record.timestamp());
    Task task = decoded(record.value());
    if (ofKey(record)) {
      before = before < 0 ? kept : before;
      if (task != null) {
        removed.task(
            task.getSourcePartition(), examples(task.getSupport()) + examples(task.getQuery()));
      }
      return null;
    }
    if (task == null) {
      return CopyRule.asItIs(record, to);
    }
    kept++;
    task.setFirstOffset(fresh.of(task.getSourcePartition(), task.getFirstOffset()));
    task.setLastOffset(fresh.of(task.getSourcePartition(), task.getLastOffset()));
    return CopyRule.with(record, to, Wire.task().encode(task));
  }

  /** Null where it is none, as the end of a source. */
  private static @Nullable Task decoded(byte @Nullable [] value) {
    try {
      return Wire.task().decode(value);
    } catch (WireException e) {
      return null;
    }
  }

  private static long examples(ExampleBlock block) {
    return block.getFeatures().getShape().get(0);
  }
}
