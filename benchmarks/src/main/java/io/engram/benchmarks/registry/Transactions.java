package io.engram.benchmarks.registry;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers of transactions, all set up alike, so that what is compared differs in nothing else. */
final class Transactions {

  private Transactions() {}

  static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka, String id) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("transactional.id", id);
    config.put("retry.backoff.ms", 5);
    config.put("retry.backoff.max.ms", 50);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }
}
