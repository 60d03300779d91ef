package io.engram.predict.kafka;

import io.engram.ingest.kafka.EventTime;
import io.engram.schemas.Topics;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** {@code examples} and {@code labels} → answer, join → {@code predictions}, and pairs of question and label back to {@code examples}. */
final class PredictTopology {

  static final String PREDICTIONS_SINK = "predictions-sink";
  static final String EXAMPLES_SINK = "examples-sink";

  private static final String EXAMPLES_SOURCE = "examples-source";
  private static final String LABELS_SOURCE = "labels-source";
  private static final String ANSWER = "answer";

  private PredictTopology() {}

  /**
   * The topology.
   *
   * @param changelog configuration of the changelog topics
   */
  static Topology of(Predicting predicting, Topics topics, Map<String, String> changelog) {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        EXAMPLES_SOURCE,
        new EventTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Stream.concat(Stream.of(topics.examples()), predicting.reading().otherTopics().stream())
            .toArray(String[]::new));
    topology.addSource(
        AutoOffsetReset.earliest(),
        LABELS_SOURCE,
        new EventTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.labels());
    topology.addProcessor(
        ANSWER,
        () -> new PredictProcessor(predicting, topics.examples(), topics.labels()),
        EXAMPLES_SOURCE,
        LABELS_SOURCE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(KafkaPredictStore.MEMORY),
                Serdes.ByteArray(),
                Serdes.ByteArray())
            .withLoggingEnabled(changelog)
            .withCachingEnabled(),
        ANSWER);
    topology.addSink(
        PREDICTIONS_SINK,
        topics.predictions(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        ANSWER);
    topology.addSink(
        EXAMPLES_SINK,
        topics.examples(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        new PartitionHeader(),
        ANSWER);
    return topology;
  }
}
