package io.engram.ingest.kafka;

import io.engram.ingest.domain.InputRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A record of Kafka Streams as the domain has it. */
public final class KafkaInput {

  private KafkaInput() {}

  /**
   * The record.
   *
   * @param at where it stands
   * @param ownTopic the topic that its partition is named for
   */
  public static InputRecord of(Record<byte[], byte[]> record, RecordMetadata at, String ownTopic) {
    return new InputRecord(
        record.key(),
        record.value(),
        KafkaHeaders.of(record.headers()),
        at.offset(),
        record.timestamp(),
        at.topic().equals(ownTopic) ? "" : at.topic());
  }
}
