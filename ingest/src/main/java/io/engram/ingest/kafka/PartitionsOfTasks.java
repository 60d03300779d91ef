package io.engram.ingest.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Tasks go by their key, as the default has it; the end of a source, which has none, to every partition: behind all that came from this
 * partition of the examples.
 */
final class PartitionsOfTasks implements StreamPartitioner<byte[], byte[]> {

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers, int count) {
    return of(key, count);
  }

  /** The form before Kafka 4.4, which its interface still demands. */
  @Override
  @SuppressWarnings("removal")
  public Optional<Set<Integer>> partitions(
      String topic, byte @Nullable [] key, byte @Nullable [] value, int count) {
    return of(key, count);
  }

  private static Optional<Set<Integer>> of(byte @Nullable [] key, int count) {
    return key != null
        ? Optional.empty()
        : Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
  }
}
