package io.engram.schemas.kafka;

import io.engram.schemas.ModelRecord;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands on a topic of versions. */
public final class ModelRecords {

  private ModelRecords() {}

  /** The chunk or manifest; empty for the tombstones that compaction leaves, and for what is nobody's. */
  public static Optional<ModelRecord> read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.modelRecord(record.value()));
    } catch (WireException e) {
      return Optional.empty();
    }
  }
}
