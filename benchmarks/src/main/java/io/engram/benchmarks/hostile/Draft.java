package io.engram.benchmarks.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record before it is sent.
 *
 * @param timestamp milliseconds since the epoch; null: that of the sending
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a topic
record Draft(
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers,
    @Nullable Long timestamp) {

  static Draft of(String key, byte @Nullable [] value) {
    return new Draft(key.getBytes(StandardCharsets.UTF_8), value, List.of(), null);
  }

  /** The same once more, headers included. */
  static Draft again(ConsumerRecord<byte[], byte[]> record) {
    return new Draft(record.key(), record.value(), List.of(record.headers().toArray()), null);
  }

  Draft with(byte @Nullable [] other) {
    return new Draft(key, other, headers, timestamp);
  }

  Draft keyed(byte @Nullable [] other) {
    return new Draft(other, value, headers, timestamp);
  }

  Draft at(long millis) {
    return new Draft(key, value, headers, millis);
  }

  Draft with(List<Header> others) {
    return new Draft(key, value, others, timestamp);
  }

  Draft withHeader(String name, byte[] content) {
    return with(List.of(new RecordHeader(name, content)));
  }
}
