package io.engram.benchmarks.crash;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes tasks 0, 1, 2 … to a {@code tasks} topic, each once and in order, whatever becomes of the broker meanwhile: an idempotent
 * producer that never gives up.
 */
final class TaskFeed implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 600_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final LongFunction<byte[]> records;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean stopping;
  private @Nullable Future<RecordMetadata> newest;

  TaskFeed(String bootstrap, String topic, LongFunction<byte[]> records) {
    this.topic = topic;
    this.records = records;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE_MILLIS),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends the next {@code count} tasks as fast as they are taken, and waits until the broker has them. */
  void send(int count) {
    for (int i = 0; i < count; i++) {
      sendNext();
    }
    flush();
  }

  /** Sends at a steady rate until {@link #stop}; meant for a thread of its own. */
  void trickle(int perSecond) {
    long next = System.nanoTime();
    while (!stopping) {
      sendNext();
      next += NANOS_PER_SECOND / perSecond;
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
    }
  }

  /** Ends {@link #trickle}. Any thread. */
  void stop() {
    stopping = true;
  }

  /** Tasks sent so far. */
  long sent() {
    return sent.get();
  }

  /**
   * Waits until the broker has all that was sent.
   *
   * @throws KafkaException if it does not have all of it
   */
  void flush() {
    producer.flush();
    Exception problem = failure.get();
    if (problem != null || (newest != null && !newest.isDone())) {
      throw new KafkaException("a task could not be sent", problem);
    }
  }

  private void sendNext() {
    byte[] record = records.apply(sent.getAndIncrement());
    newest =
        producer.send(
            new ProducerRecord<>(topic, 0, null, record),
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
