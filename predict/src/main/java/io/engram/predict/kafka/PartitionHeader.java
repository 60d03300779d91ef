package io.engram.predict.kafka;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A pair of question and label goes back to the partition that the question came from, whichever way its producer partitions: otherwise its
 * key would stand in two. The header that says so also says that the pair was made here.
 */
final class PartitionHeader implements StreamPartitioner<byte[], byte[]> {

  static final String NAME = "engram.labeled.partition";

  /** Says which partition it is to be. */
  static void set(Headers headers, int partition) {
    headers.remove(NAME).add(NAME, ByteBuffer.allocate(4).putInt(partition).array());
  }

  /** Whether the pair was made here. */
  static boolean stands(Headers headers) {
    return headers.lastHeader(NAME) != null;
  }

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers, int count) {
    Header header = headers.lastHeader(NAME);
    if (header == null || header.value() == null || header.value().length != 4) {
      return Optional.empty();
    }
    int partition = ByteBuffer.wrap(header.value()).getInt();
    return partition < 0 || partition >= count ? Optional.empty() : Optional.of(Set.of(partition));
  }

  /** The form before Kafka 4.4, which its interface still demands. */
  @Override
  @SuppressWarnings("removal")
  public Optional<Set<Integer>> partitions(
      String topic, byte @Nullable [] key, byte @Nullable [] value, int count) {
    return Optional.empty();
  }
}
