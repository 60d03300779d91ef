package io.engram.cli.topics;

import io.engram.cli.role.RoleTopics;
import io.engram.kafkakit.NeededTopic;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TopicMaintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes over the topics on brokers, one after another. */
public final class TopicRounds {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MAX_BYTES = "max.message.bytes";

  private final RoleTopics wanted;
  private final Map<String, Object> kafka;

  /**
   * Over what is wanted.
   *
   * @param kafka properties of an admin client
   */
  public TopicRounds(RoleTopics wanted, Map<String, Object> kafka) {
    this.wanted = wanted;
    this.kafka = kafka;
  }

  /**
   * Makes what is absent, then looks at all.
   *
   * @throws org.apache.kafka.common.KafkaException if the brokers do not answer or refuse
   */
  public List<Finding> create() {
    try (TopicAdmin admin = TopicAdmin.open(kafka, PATIENCE)) {
      Set<String> there = new HashSet<>(admin.ensure(List.of(wanted.examples().topic())));
      String examples = wanted.examples().topic().name();
      List<NeededTopic> own =
          wanted.others(admin.partitions(examples), admin.maxMessageBytes(examples)).stream()
              .filter(it -> !wanted.ofOthers().contains(it.topic().name()))
              .toList();
      there.addAll(admin.ensure(NeededTopic.topics(own)));
      return look(there);
    }
  }

  /**
   * Looks at all and changes nothing.
   *
   * @throws org.apache.kafka.common.KafkaException if the brokers do not answer or refuse
   */
  public List<Finding> check() {
    try (TopicMaintenance maintenance = TopicMaintenance.open(kafka, PATIENCE)) {
      return look(maintenance.names());
    }
  }

  private List<Finding> look(Set<String> before) {
    List<Finding> findings = new ArrayList<>();
    try (TopicMaintenance maintenance = TopicMaintenance.open(kafka, PATIENCE)) {
      String name = wanted.examples().topic().name();
      Optional<Topic> examples =
          maintenance.lacking(name).isPresent() ? Optional.empty() : maintenance.inForce(name);
      int partitions =
          examples.map(Topic::partitions).orElse(wanted.examples().topic().partitions());
      int bytes =
          examples
              .map(it -> it.configs().get(MAX_BYTES))
              .map(Integer::parseInt)
              .orElse(RoleTopics.USUAL_BYTES);
      List<NeededTopic> all = new ArrayList<>(List.of(wanted.examples()));
      all.addAll(wanted.others(partitions, bytes));
      for (NeededTopic needed : all) {
        Optional<String> lacking = maintenance.lacking(needed.topic().name());
        if (lacking.isPresent()) {
          findings.add(Finding.hidden(needed, lacking.get()));
          continue;
        }
        Optional<Topic> found = maintenance.inForce(needed.topic().name());
        if (found.isEmpty()) {
          findings.add(absent(needed));
        } else {
          findings.addAll(judged(needed, found.get(), before));
        }
      }
    }
    return List.copyOf(findings);
  }

  private Finding absent(NeededTopic needed) {
    String name = needed.topic().name();
    if (wanted.ofOthers().contains(name)) {
      return Finding.absentOfOthers(needed);
    }
    return name.endsWith("-changelog") ? Finding.willBeMade(needed) : Finding.absent(needed);
  }

  private static List<Finding> judged(NeededTopic needed, Topic found, Set<String> before) {
    List<NeededTopic.Difference> differences = needed.differences(found);
    if (!differences.isEmpty()) {
      return differences.stream().map(it -> Finding.differs(needed, it)).toList();
    }
    return List.of(
        before.contains(needed.topic().name())
            ? Finding.serves(needed, found.partitions(), found.replication())
            : Finding.created(needed));
  }
}
