package io.engram.ingest.kafka;

import io.engram.schemas.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** {@code examples} → group → {@code tasks} and {@code examples.rejected}, over four stores. */
final class IngestTopology {

  static final String OPEN = "open";
  static final String BUFFER = "buffer";
  static final String HISTORY = "history";
  static final String COUNTS = "counts";
  static final String TASKS_SINK = "tasks-sink";
  static final String REJECTED_SINK = "rejected-sink";

  private static final String SOURCE = "examples-source";
  private static final String GROUP = "group";

  private IngestTopology() {}

  /**
   * The topology.
   *
   * @param maxRecordBytes largest record of {@code examples}; the changelogs must take a little more
   */
  static Topology of(Grouping grouping, Topics topics, int maxRecordBytes) {
    Map<String, String> changelog = IngestTopics.appended(maxRecordBytes);
    Serde<String> text = Serdes.String();
    Serde<byte[]> bytes = Serdes.ByteArray();
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        SOURCE,
        new EventTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.examples());
    topology.addProcessor(GROUP, () -> new GroupingProcessor(grouping, topics.examples()), SOURCE);
    topology.addStateStore(
        store(Stores.persistentKeyValueStore(BUFFER), bytes, bytes, changelog), GROUP);
    topology.addStateStore(
        store(Stores.persistentKeyValueStore(OPEN), text, bytes, changelog), GROUP);
    topology.addStateStore(
        store(Stores.persistentKeyValueStore(HISTORY), text, bytes, changelog), GROUP);
    topology.addStateStore(
        store(Stores.inMemoryKeyValueStore(COUNTS), text, Serdes.Long(), changelog), GROUP);
    topology.addSink(
        TASKS_SINK,
        topics.tasks(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        (topic, key, value, partitions) -> partitions(key, partitions),
        GROUP);
    topology.addSink(
        REJECTED_SINK,
        topics.rejectedExamples(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        GROUP);
    return topology;
  }

  /**
   * Tasks go by their key, as the default has it; the end of a source, which has none, to every partition: behind all that came from this
   * partition of the examples.
   */
  private static Optional<Set<Integer>> partitions(byte @Nullable [] key, int partitions) {
    return key != null
        ? Optional.empty()
        : Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
  }

  private static <K, V> StoreBuilder<?> store(
      KeyValueBytesStoreSupplier supplier,
      Serde<K> keys,
      Serde<V> values,
      Map<String, String> changelog) {
    return Stores.keyValueStoreBuilder(supplier, keys, values)
        .withLoggingEnabled(changelog)
        .withCachingEnabled();
  }
}
