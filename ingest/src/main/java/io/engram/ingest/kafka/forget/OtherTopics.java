package io.engram.ingest.kafka.forget;

import io.engram.ingest.kafka.forget.OtherApplication.Ownership;
import io.engram.kafkakit.TopicMaintenance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What other applications have on topics, and where they go on. While copies wait to take the originals' places, a group's fresh places are kept
 * as its places in the copies, where a crash leaves them.
 */
final class OtherTopics {

  private final TopicMaintenance maintenance;
  private final List<OtherApplication> applications;

  OtherTopics(TopicMaintenance maintenance, List<OtherApplication> applications) {
    this.maintenance = maintenance;
    this.applications = List.copyOf(applications);
  }

  /** Rules for each of their topics that may exist, by topic. */
  SortedMap<String, OwnedRule> rules(byte[] key) {
    SortedMap<String, OwnedRule> rules = new TreeMap<>();
    for (OtherApplication application : applications) {
      application.keyed().forEach(topic -> rules.put(topic, new OwnedRule(key, Arrays::equals)));
      for (Map.Entry<String, Ownership> entry : application.changelogs().entrySet()) {
        rules.put(entry.getKey(), new OwnedRule(key, entry.getValue()));
      }
    }
    return rules;
  }

  /** Notes where the groups go on in the copy of a topic. */
  void note(String topic, OffsetMap fresh) {
    for (OtherApplication application : applications) {
      Map<Integer, Long> places = new TreeMap<>();
      maintenance
          .positions(application.group(), topic)
          .forEach((partition, offset) -> places.put(partition, fresh.of(partition, offset)));
      maintenance.move(application.group(), Passes.copyOf(topic), places);
    }
  }

  /** Has the groups go on where it was noted, once the topic holds what its copy held. */
  void move(String topic) {
    for (OtherApplication application : applications) {
      maintenance.move(
          application.group(),
          topic,
          maintenance.positions(application.group(), Passes.copyOf(topic)));
    }
  }

  /** Those whose topics there are, or copies of them. */
  List<String> present() {
    TreeSet<String> names = new TreeSet<>(rules(new byte[0]).keySet());
    names.removeIf(
        topic ->
            maintenance.find(topic).isEmpty() && maintenance.find(Passes.copyOf(topic)).isEmpty());
    return List.copyOf(names);
  }
}
