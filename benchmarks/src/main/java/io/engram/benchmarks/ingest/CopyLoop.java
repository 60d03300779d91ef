package io.engram.benchmarks.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The limit: every record read, written elsewhere and its offset committed, in transactions as long as ingest's. */
final class CopyLoop {

  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  private final Map<String, Object> kafka;

  CopyLoop(Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  /** Records a second, from the first that is read until all are committed. */
  double run(String from, String to, int records) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(from);
        KafkaProducer<byte[], byte[]> producer = producer(from)) {
      TopicPartition partition = new TopicPartition(from, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      producer.initTransactions();
      ConsumerRecords<byte[], byte[]> batch = consumer.poll(Duration.ofSeconds(30));
      long start = System.nanoTime();
      long committed = start;
      int copied = 0;
      producer.beginTransaction();
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : batch) {
          var unused = producer.send(new ProducerRecord<>(to, record.key(), record.value()));
          copied++;
        }
        boolean done = copied >= records;
        if (done || System.nanoTime() - committed > COMMIT_INTERVAL.toNanos()) {
          producer.sendOffsetsToTransaction(
              Map.of(partition, new OffsetAndMetadata(consumer.position(partition))),
              consumer.groupMetadata());
          producer.commitTransaction();
          committed = System.nanoTime();
          if (done) {
            return records * 1e9 / (committed - start);
          }
          producer.beginTransaction();
        }
        batch = consumer.poll(Duration.ofMillis(100));
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String name) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("group.id", name + "-copy");
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("max.poll.records", 1_000);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer(String name) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("transactional.id", name + "-copy");
    settings.put("linger.ms", 100);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
