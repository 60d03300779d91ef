package io.engram.client.kafka;

import io.engram.kafkakit.TransactionalWriter;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.kafka.WireSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** The producer behind {@code io.engram.client.ExampleProducer}; as safe for threads as that says. */
public final class ExampleSender implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final String topic;
  private final Producer<String, LabeledExample> producer;

  private ExampleSender(String topic, Producer<String, LabeledExample> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /** A producer that writes nothing twice. */
  public static ExampleSender open(String topic, Map<String, Object> kafka) {
    return new ExampleSender(topic, producer(new HashMap<>(kafka)));
  }

  /** A producer of transactions, which fences an older one of the same id. */
  public static ExampleSender transactional(
      String topic, Map<String, Object> kafka, String transactionalId) {
    Producer<String, LabeledExample> producer =
        producer(TransactionalWriter.properties(kafka, transactionalId, Map.of()));
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return new ExampleSender(topic, producer);
  }

  private static Producer<String, LabeledExample> producer(Map<String, Object> config) {
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(
        config, new StringSerializer(), WireSerdes.serializer(Wire.labeledExample()));
  }

  /** Hears once what became of a record. */
  public interface Receipt {

    /** The cluster has it. */
    void written(String topic, int partition, long offset);

    /** The cluster will not have it. */
    void failed(Exception failure);
  }

  /**
   * Sends an example.
   *
   * @param trace whose work it is part of
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears the same
  public void send(
      String taskKey, LabeledExample example, Optional<TraceContext> trace, Receipt receipt) {
    ProducerRecord<String, LabeledExample> record = new ProducerRecord<>(topic, taskKey, example);
    trace.ifPresent(it -> TraceHeaders.write(record.headers(), it));
    try {
      producer.send(
          record,
          (written, failure) -> {
            if (failure == null) {
              receipt.written(written.topic(), written.partition(), written.offset());
            } else {
              receipt.failed(failure);
            }
          });
    } catch (KafkaException e) {
      receipt.failed(e);
    }
  }

  /** Sends what waits and returns when the fate of everything is known. */
  public void flush() {
    producer.flush();
  }

  public void begin() {
    producer.beginTransaction();
  }

  public void commit() {
    producer.commitTransaction();
  }

  public void abort() {
    producer.abortTransaction();
  }

  /** Sends what waits, for up to 30 s. */
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
