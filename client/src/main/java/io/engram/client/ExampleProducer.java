package io.engram.client;

import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends labeled examples. Records of one key keep their order, and none is written twice however often the network makes
 * the producer try.
 *
 * <p><b>Back-pressure:</b> what is not yet acknowledged waits in a buffer of {@code buffer.memory} bytes (32 MiB by default). When it is
 * full {@link #send} blocks, for up to {@code max.block.ms} (one minute), and then the delivery fails with a Kafka
 * {@code TimeoutException}. A delivery that cannot be made within {@code delivery.timeout.ms} (two minutes) fails too.
 *
 * <p>Thread-safe, but for the calls about transactions, which belong to one thread.
 */
public final class ExampleProducer implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final String topic;
  private final Producer<String, LabeledExample> producer;

  private ExampleProducer(String topic, Producer<String, LabeledExample> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Opens a producer.
   *
   * @param kafka properties of the producer; {@code bootstrap.servers} at least
   * @throws KafkaException if the properties are wrong
   */
  public static ExampleProducer open(Topics topics, Map<String, Object> kafka) {
    return new ExampleProducer(topics.examples(), producer(new HashMap<>(kafka)));
  }

  /**
   * Opens a producer whose examples become visible transaction by transaction, and fences an older one of the same id.
   *
   * @throws KafkaException if the properties are wrong or the cluster cannot be reached
   */
  public static ExampleProducer transactional(
      Topics topics, Map<String, Object> kafka, String transactionalId) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    config.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 50);
    Producer<String, LabeledExample> producer = producer(config);
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return new ExampleProducer(topics.examples(), producer);
  }

  /**
   * Sends an example.
   *
   * @return completes when the cluster has it, or exceptionally when it will not have it
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears the same
  public CompletableFuture<Delivery> send(Example example) {
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    ProducerRecord<String, LabeledExample> record =
        new ProducerRecord<>(topic, example.taskKey(), example.value());
    try {
      producer.send(
          record,
          (written, failure) -> {
            if (failure == null) {
              delivery.complete(
                  new Delivery(written.topic(), written.partition(), written.offset()));
            } else {
              delivery.completeExceptionally(failure);
            }
          });
    } catch (KafkaException e) {
      delivery.completeExceptionally(e);
    }
    return delivery;
  }

  /** Sends what waits and returns when every delivery so far is complete, one way or the other. */
  public void flush() {
    producer.flush();
  }

  /** Begins a transaction. */
  public void begin() {
    producer.beginTransaction();
  }

  /** Makes all examples since {@link #begin} visible. */
  public void commit() {
    producer.commitTransaction();
  }

  /** Takes all examples since {@link #begin} back. */
  public void abort() {
    producer.abortTransaction();
  }

  /** Sends what waits, for up to 30 s. */
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private static Producer<String, LabeledExample> producer(Map<String, Object> config) {
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(config, new StringSerializer(), Wire.labeledExample().serializer());
  }
}
