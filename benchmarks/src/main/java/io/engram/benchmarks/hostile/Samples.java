package io.engram.benchmarks.hostile;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What stood on the topics before the siege began, to be bent and played again.
 *
 * @param byTopic committed records with a value, by topic
 */
record Samples(Map<String, List<ConsumerRecord<byte[], byte[]>>> byTopic) {

  /**
   * One of a topic.
   *
   * @throws IllegalStateException if there was none
   */
  ConsumerRecord<byte[], byte[]> any(String topic, SplittableRandom random) {
    List<ConsumerRecord<byte[], byte[]>> all = byTopic.getOrDefault(topic, List.of());
    if (all.isEmpty()) {
      throw new IllegalStateException("nothing stood on the topic " + topic);
    }
    return all.get(random.nextInt(all.size()));
  }

  /** One value of a topic other than this. */
  byte[] foreign(String topic, SplittableRandom random) {
    List<String> others =
        byTopic.keySet().stream().filter(it -> !it.equals(topic)).sorted().toList();
    return any(others.get(random.nextInt(others.size())), random).value();
  }
}
