package io.engram.benchmarks.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The limit: the same bytes in one transaction, from a producer to one consumer that reads what is committed. */
final class BareTransactions implements AutoCloseable {

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  BareTransactions(String topic, Map<String, Object> kafka) {
    this.topic = topic;
    this.producer = Transactions.producer(kafka, topic + "-producer");
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                String.valueOf(kafka.get("bootstrap.servers")),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** Nanoseconds from the beginning of the transaction until all values are received. */
  long round(List<byte[]> values) {
    long start = System.nanoTime();
    producer.beginTransaction();
    for (byte[] value : values) {
      if (producer.send(new ProducerRecord<>(topic, value)).isCancelled()) {
        throw new IllegalStateException("a value was not sent");
      }
    }
    producer.commitTransaction();
    int received = 0;
    while (received < values.size()) {
      received += consumer.poll(Duration.ofSeconds(1)).count();
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
