package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.kafka.IngestTopics;
import io.engram.ingest.kafka.TopicLayout;
import io.engram.kafkakit.NeededTopic;
import io.engram.kafkakit.Topic;
import io.engram.learner.kafka.LearnerTopics;
import io.engram.modelregistry.kafka.RegistryTopics;
import io.engram.predict.kafka.PredictTopics;
import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What topics the roles need under a configuration, as the roles themselves state it. */
public final class RoleTopics {

  /** What a topic takes where neither it nor the broker says otherwise. */
  public static final int USUAL_BYTES = 1_048_588;

  private final Topics topics;
  private final TopicLayout layout;
  private final GroupingRules grouping;
  private final Set<String> others;
  private final short learnerCopies;
  private final short registryCopies;

  private RoleTopics(Settings settings) {
    Section ingest = settings.section("ingest");
    this.topics = TopicSettings.read(settings);
    this.layout = ingest.build(() -> IngestSettings.topics(ingest.section("topics")));
    this.grouping = ingest.build(() -> GroupingSettings.read(ingest.section("grouping")));
    this.others = ExampleTopics.read(settings).keySet();
    this.learnerCopies = settings.section("learner").replication();
    this.registryCopies = settings.section("registry").replication();
  }

  /**
   * Those of all roles.
   *
   * @throws io.engram.cli.config.InvalidSettings if a setting cannot be used
   */
  public static RoleTopics of(Settings settings) {
    return new RoleTopics(settings);
  }

  /** Where examples come from; what it is decides on most others. */
  public NeededTopic examples() {
    return IngestTopics.examples(topics, layout);
  }

  /**
   * All others.
   *
   * @param partitions of the topic of examples
   * @param exampleBytes the largest record it takes
   */
  public List<NeededTopic> others(int partitions, int exampleBytes) {
    List<NeededTopic> needed = new ArrayList<>();
    for (String other : others) {
      needed.add(NeededTopic.fixed(new Topic(other, partitions, layout.replication(), Map.of())));
    }
    needed.addAll(IngestTopics.written(topics, layout, exampleBytes, grouping.maxTaskBytes()));
    needed.add(LearnerTopics.candidates(topics, learnerCopies));
    needed.addAll(RegistryTopics.needed(topics, registryCopies));
    needed.addAll(PredictTopics.needed(topics, partitions, layout.replication(), exampleBytes));
    needed.addAll(
        IngestTopics.changelogs(topics, grouping, partitions, layout.replication(), exampleBytes));
    needed.add(PredictTopics.changelog(topics, partitions, layout.replication(), exampleBytes));
    return List.copyOf(needed);
  }

  /** Topics of examples that somebody else makes. */
  public Set<String> ofOthers() {
    return others;
  }

  /** All of them as they are created on brokers that have none. */
  public List<NeededTopic> planned() {
    List<NeededTopic> all = new ArrayList<>(List.of(examples()));
    others(layout.partitions(), USUAL_BYTES).stream()
        .filter(it -> !others.contains(it.topic().name()))
        .forEach(all::add);
    return List.copyOf(all);
  }
}
