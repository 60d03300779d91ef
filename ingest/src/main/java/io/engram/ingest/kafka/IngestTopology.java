package io.engram.ingest.kafka;

import io.engram.ingest.domain.GroupingRules;
import io.engram.kafkakit.Topic;
import io.engram.schemas.Topics;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** {@code examples} → group → {@code tasks} and {@code examples.rejected}, over its stores. */
final class IngestTopology {

  static final String OPEN = "open";
  static final String BUFFER = "buffer";
  static final String HISTORY = "history";
  static final String COUNTS = "counts";
  static final String SAME = "same";
  static final String IDS = "ids";
  static final String DETECTORS = "detectors";
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
    Map<String, String> changelog = Topic.appended(maxRecordBytes);
    Serde<String> text = Serdes.String();
    Serde<byte[]> bytes = Serdes.ByteArray();
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        SOURCE,
        new EventTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        sources(grouping, topics));
    topology.addProcessor(GROUP, () -> new GroupingProcessor(grouping, topics.examples()), SOURCE);
    topology.addStateStore(
        store(Stores.persistentKeyValueStore(BUFFER), bytes, bytes, changelog), GROUP);
    topology.addStateStore(
        store(Stores.persistentKeyValueStore(OPEN), text, bytes, changelog), GROUP);
    topology.addStateStore(
        store(Stores.persistentKeyValueStore(HISTORY), text, bytes, changelog), GROUP);
    topology.addStateStore(
        store(Stores.inMemoryKeyValueStore(COUNTS), text, Serdes.Long(), changelog), GROUP);
    topology.addStateStore(
        store(Stores.inMemoryKeyValueStore(SAME), Serdes.Integer(), bytes, changelog), GROUP);
    if (hasIds(grouping.rules().grouping())) {
      topology.addStateStore(
          store(Stores.persistentKeyValueStore(IDS), text, bytes, changelog), GROUP);
    }
    if (hasDetectors(grouping.rules().grouping())) {
      topology.addStateStore(
          store(Stores.persistentKeyValueStore(DETECTORS), text, bytes, changelog), GROUP);
    }
    topology.addSink(
        TASKS_SINK,
        topics.tasks(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        new PartitionsOfTasks(),
        GROUP);
    topology.addSink(
        REJECTED_SINK,
        topics.rejectedExamples(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        GROUP);
    return topology;
  }

  /** Each task of Kafka Streams has one partition of every one of them: a key that all put into the same partition makes tasks of all. */
  private static String[] sources(Grouping grouping, Topics topics) {
    return Stream.concat(Stream.of(topics.examples()), grouping.otherTopics().stream())
        .toArray(String[]::new);
  }

  static boolean hasIds(GroupingRules rules) {
    return rules.strays().rememberedIds() > 0;
  }

  static boolean hasDetectors(GroupingRules rules) {
    return rules.cuts().boundary().isPresent();
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
