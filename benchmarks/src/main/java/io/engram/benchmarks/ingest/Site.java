package io.engram.benchmarks.ingest;

import io.engram.benchmarks.OwnBroker;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and topics of examples on it. */
final class Site extends OwnBroker {

  private static final int KEYS = 50;

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes so many examples of 50 keys in turn. */
  void fill(String topic, Wording wording, int examples, int numbers) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < examples; i++) {
        byte[] key = ("key-" + i % KEYS).getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(topic, key, wording.value(i, numbers)));
      }
    }
  }
}
