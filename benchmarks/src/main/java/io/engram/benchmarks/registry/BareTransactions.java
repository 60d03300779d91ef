package io.engram.benchmarks.registry;

import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.TransactionalWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The limit: the same bytes in one transaction, from a producer to one consumer that reads what is committed. */
final class BareTransactions implements AutoCloseable {

  private final String topic;
  private final TransactionalWriter writer;
  private final CommittedReader reader;

  BareTransactions(String topic, Map<String, Object> kafka) {
    this.topic = topic;
    this.writer = TransactionalWriter.open(kafka, topic + "-producer");
    this.reader = new CommittedReader(kafka);
    Consumer<byte[], byte[]> consumer = reader.consumer();
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** Nanoseconds from the beginning of the transaction until all values are received. */
  long round(List<byte[]> values) {
    long start = System.nanoTime();
    writer.begin();
    for (byte[] value : values) {
      writer.send(new ProducerRecord<>(topic, value));
    }
    writer.commit();
    int received = 0;
    while (received < values.size()) {
      received += reader.consumer().poll(Duration.ofSeconds(1)).count();
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }
}
