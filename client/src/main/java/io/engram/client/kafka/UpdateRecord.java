package io.engram.client.kafka;

import io.engram.schemas.TraceContext;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.signing.Seal;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code model-updates}.
 *
 * @param value null for a tombstone
 * @param timestamp when it was written, in milliseconds
 * @param seal who signed it, if anybody
 * @param publication which of the registry's publications it is of, if it says so
 * @param trace whose work led to it, if it says so
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, never compared
public record UpdateRecord(
    byte @Nullable [] value,
    long timestamp,
    long offset,
    @Nullable Seal seal,
    OptionalLong publication,
    Optional<TraceContext> trace) {

  static UpdateRecord of(ConsumerRecord<byte[], byte[]> record) {
    return new UpdateRecord(
        record.value(),
        record.timestamp(),
        record.offset(),
        SealHeaders.read(record.headers()),
        SealHeaders.publication(record.headers()),
        TraceHeaders.read(record.headers()));
  }
}
