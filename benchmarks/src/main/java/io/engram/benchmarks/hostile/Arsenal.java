package io.engram.benchmarks.hostile;

import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelManifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All kinds on all topics. */
final class Arsenal {

  private static final Topics TOPICS = new Topics("");

  private Arsenal() {}

  /** Every topic there is. */
  static Set<String> topics() {
    Set<String> topics = new LinkedHashSet<>(TOPICS.all());
    topics.add(TOPICS.forgotten());
    return topics;
  }

  static List<Kind> kinds(String model, Samples samples) {
    List<Kind> kinds = new ArrayList<>();
    topics().forEach(topic -> kinds.addAll(Mangling.on(topic, samples)));
    kinds.addAll(ExampleKinds.all());
    kinds.addAll(TaskKinds.all());
    for (String topic : List.of(TOPICS.modelCandidates(), TOPICS.modelUpdates())) {
      kinds.addAll(VersionKinds.on(topic, model, manifest(topic, samples), samples));
    }
    kinds.addAll(BooksKinds.all(samples));
    return kinds;
  }

  private static ModelManifest manifest(String topic, Samples samples) {
    for (ConsumerRecord<byte[], byte[]> record : samples.byTopic().getOrDefault(topic, List.of())) {
      if (Wire.modelRecord(record.value()) instanceof ModelRecord.Manifest found) {
        return found.manifest();
      }
    }
    throw new IllegalStateException("no manifest stood on the topic " + topic);
  }
}
