package io.engram.ingest.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.PlainWriter;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Forgetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;

/** The topic {@code forgotten}. */
public final class ForgottenLog {

  private static final int LARGEST = 1 << 20;

  private final Map<String, Object> kafka;
  private final String topic;

  /**
   * @param kafka properties of the clients; {@code bootstrap.servers} at least
   */
  public ForgottenLog(Map<String, Object> kafka, Topics topics) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topics.forgotten();
  }

  /** All that was forgotten; nothing where there is no such topic. */
  public ForgottenKeys read() {
    try (CommittedReader reader = new CommittedReader(kafka)) {
      List<ForgottenKeys.Entry> entries = new ArrayList<>();
      reader.readAll(
          topic, record -> entries.add(new ForgottenKeys.Entry(record.key(), record.value())));
      return ForgottenKeys.decoded(entries);
    }
  }

  /** Says how far a forgetting has come. Durable when this returns. */
  public void write(Forgetting forgetting) {
    TopicAdmin.ensure(
        kafka,
        List.of(
            new Topic(
                topic,
                1,
                (short) -1,
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))));
    try (PlainWriter writer = new PlainWriter(kafka, LARGEST)) {
      byte[] key = ForgottenKeys.key(forgetting);
      writer.send(new ProducerRecord<>(topic, key, Wire.forgetting().encode(forgetting)));
      writer.flush();
    }
  }
}
