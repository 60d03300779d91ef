package io.engram.kafkakit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A writer without transactions, each record once and in order. It leaves no markers, so that a topic that it alone writes to has its records
 * at 0, 1, 2 … without gaps. For one thread.
 *
 * <p><b>Durability:</b> when {@link #flush} returns, all that was sent is on every copy. <b>Failure:</b> the first one is thrown by the next
 * call; what was sent after it may be missing.
 */
public final class PlainWriter implements AutoCloseable {

  private static final int BUFFER_BYTES = 32 << 20;

  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Opens a producer.
   *
   * @param kafka properties of the client; {@code bootstrap.servers} at least
   * @param largestRecord in bytes
   */
  public PlainWriter(Map<String, Object> kafka, int largestRecord) {
    Map<String, Object> properties =
        ClientProperties.with(
            kafka,
            Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                largestRecord,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Math.max(BUFFER_BYTES, 2L * largestRecord),
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 18));
    properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends a record. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    requireWhole();
    Future<RecordMetadata> sending = producer.send(record, this::answered);
    if (sending.isCancelled()) {
      throw new KafkaException("a record for %s was not sent".formatted(record.topic()));
    }
  }

  @SuppressWarnings("NullAway") // Kafka gives null where all is well
  private void answered(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      failure.compareAndSet(null, exception);
    }
  }

  /** Waits until all that was sent is durable. */
  public void flush() {
    producer.flush();
    requireWhole();
  }

  private void requireWhole() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new KafkaException("a record was not written: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }
}
