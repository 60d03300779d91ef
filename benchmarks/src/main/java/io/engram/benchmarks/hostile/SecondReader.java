package io.engram.benchmarks.hostile;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.TrustedKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads {@code model-updates} beside a subscriber, in a thread of its own, and says by rules written down once more how many refusals that
 * one must have counted. Later nobody could: the topic is compacted.
 */
final class SecondReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final ModelAssembler assembler = new ModelAssembler();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final Map<String, Object> kafka;
  private final TrustedKeys trusted;
  private final long from;
  private final Thread thread = new Thread(this::read, "bench-second-reader");
  private long newest = -1;
  private final AtomicLong refusals = new AtomicLong();

  /**
   * Begins at the beginning.
   *
   * @param from the offset that the subscriber had come to when it began to count
   */
  SecondReader(Map<String, Object> kafka, TrustedKeys trusted, long from) {
    this.kafka = kafka;
    this.trusted = trusted;
    this.from = from;
    thread.start();
  }

  private void read() {
    try (CommittedReader reader = new CommittedReader(kafka)) {
      List<TopicPartition> partitions = reader.partitions(new Topics("").modelUpdates());
      reader.consumer().assign(partitions);
      reader.consumer().seekToBeginning(partitions);
      while (!stop.get()) {
        reader.consumer().poll(POLL).forEach(this::accept);
      }
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null && refused(record) && record.offset() >= from) {
      refusals.incrementAndGet();
    }
  }

  private boolean refused(ConsumerRecord<byte[], byte[]> record) {
    ModelRecord value = Parcels.read(record);
    if (value == null) {
      return true;
    }
    if (!value.modelName().equals(Siege.MODEL)) {
      return false;
    }
    Assembly assembly = assembler.accept(value);
    if (value instanceof ModelRecord.Manifest) {
      OptionalLong number = SealHeaders.publication(record.headers());
      boolean genuine =
          number.isPresent()
              && trusted.verify(
                  Sealed.UPDATE,
                  SealHeaders.read(record.headers()),
                  SealHeaders.number(number.getAsLong()),
                  record.value());
      if (!genuine || number.getAsLong() < newest) {
        return true;
      }
      newest = assembly instanceof Assembly.Complete ? number.getAsLong() : newest;
    }
    return assembly instanceof Assembly.Broken
        || (assembly instanceof Assembly.Dropped dropped && dropped.first());
  }

  long refusals() {
    return refusals.get();
  }

  @Override
  public void close() {
    stop.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
