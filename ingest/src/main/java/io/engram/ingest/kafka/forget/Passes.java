package io.engram.ingest.kafka.forget;

import static java.util.Objects.requireNonNull;

import io.engram.ingest.domain.IngestException;
import io.engram.ingest.kafka.Changelogs;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TopicMaintenance;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Goes through all topics of ingest, in an order in which each rule knows what it needs: examples first, whose new places the others name;
 * counts last, which say what went from all of them.
 */
final class Passes {

  private static final String COPY = ".forgetting";
  private static final int SLACK_BYTES = 64 << 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** Longer than the transactions of any writer of ours. */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final Changelogs changelogs;
  private final TopicMaintenance maintenance;
  private final byte[] key;
  private final Map<Integer, Long> read;
  private final Consumer<String> before;
  private final OtherTopics others;

  /**
   * @param before told of each step before it is taken
   * @param read where ingest goes on in {@code examples}, by partition
   * @param others topics of other applications
   */
  Passes(
      Map<String, Object> kafka,
      Topics topics,
      TopicMaintenance maintenance,
      byte[] key,
      Map<Integer, Long> read,
      Consumer<String> before,
      OtherTopics others) {
    this.kafka = kafka;
    this.topics = topics;
    this.changelogs = new Changelogs(topics);
    this.maintenance = maintenance;
    this.key = key;
    this.read = read;
    this.before = before;
    this.others = others;
  }

  /** What stays of a topic while it is not in its place yet. */
  static String copyOf(String topic) {
    return topic + COPY;
  }

  /** All topics that are written anew, in the order of the passes; of those that not every ingest has, the ones there are. */
  List<String> topics() {
    List<String> all =
        new ArrayList<>(
            List.of(
                topics.examples(),
                topics.rejectedExamples(),
                topics.tasks(),
                changelogs.open(),
                changelogs.buffer(),
                changelogs.history()));
    for (String topic : List.of(changelogs.ids(), changelogs.detectors())) {
      if (maintenance.find(topic).isPresent() || maintenance.find(copyOf(topic)).isPresent()) {
        all.add(topic);
      }
    }
    all.addAll(others.present());
    all.add(changelogs.counts());
    return List.copyOf(all);
  }

  Findings look() {
    Rules rules = new Rules(Map.of());
    List<Found> found = new ArrayList<>();
    TopicCopy copy = new TopicCopy(kafka);
    for (String topic : topics()) {
      found.add(copy.look(topic, rules.of(topic)));
    }
    return new Findings(
        found, rules.tasks.kept(), rules.tasks.before(), rules.tasks.took(), cutOff());
  }

  /**
   * Makes all copies.
   *
   * @return where ingest goes on in that of {@code examples}, by partition
   */
  Map<Integer, Long> copy() {
    Map<TopicPartition, Long> ends = ends();
    // Whatever an earlier attempt has left may be incomplete.
    topics().forEach(topic -> maintenance.delete(copyOf(topic)));
    Rules before = new Rules(Map.of());
    new TopicCopy(kafka).look(topics.examples(), before.of(topics.examples()));
    Rules rules = new Rules(before.examples.ofSource());
    for (String topic : topics()) {
      maintenance.find(topic).ifPresent(found -> write(found, copyOf(topic), rules.of(topic)));
    }
    requireStill(ends);
    others.note(topics.examples(), rules.examples.fresh());
    for (String topic : others.present()) {
      others.note(topic, rules.owned(topic).fresh());
    }
    Map<Integer, Long> fresh = new TreeMap<>();
    read.forEach(
        (partition, offset) -> fresh.put(partition, rules.examples.fresh().of(partition, offset)));
    return fresh;
  }

  /** Where all topics end now, for their writers. */
  private Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      for (String topic : topics()) {
        ends.putAll(reader.ends(reader.partitions(topic)));
      }
    }
    return ends;
  }

  /** What came since is in no copy, and would be lost. */
  private void requireStill(Map<TopicPartition, Long> before) {
    Map<TopicPartition, Long> now = ends();
    if (!now.equals(before)) {
      throw new IngestException(
          "something still writes to the topics: they ended at %s and now end at %s; stop it, and call again. Nothing was changed"
              .formatted(words(before), words(now)));
    }
  }

  private static Map<String, Long> words(Map<TopicPartition, Long> ends) {
    Map<String, Long> words = new TreeMap<>();
    ends.forEach((partition, end) -> words.put(partition.toString(), end));
    return words;
  }

  /** Each copy takes its original's place; one that is gone has done so. */
  void replace() {
    for (String topic : topics()) {
      Optional<Topic> copy = maintenance.find(copyOf(topic));
      if (copy.isPresent()) {
        before.accept("delete " + topic);
        maintenance.delete(topic);
        write(copy.get(), topic, CopyRule.all());
        others.move(topic);
        before.accept("delete " + copy.get().name());
        maintenance.delete(copy.get().name());
      }
    }
  }

  /**
   * Makes a topic like another one and writes there what stays of it, each record with the time it had. While it is filled and read again
   * nothing of it may go: neither is it compacted, nor does retention look at it, which would find it old enough.
   */
  private void write(Topic from, String to, CopyRule rule) {
    Map<String, String> configs = new HashMap<>(from.configs());
    configs.remove(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    configs.putAll(Topic.KEEPS_ALL);
    before.accept("create " + to);
    maintenance.create(new Topic(to, from.partitions(), from.replication(), configs));
    before.accept("fill " + to);
    new TopicCopy(kafka).copy(from.name(), to, largest(from.name()), rule);
    before.accept("settle " + to);
    maintenance.set(
        to,
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        from.configs().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
    Topic.KEEPS_ALL
        .keySet()
        .forEach(config -> maintenance.set(to, config, from.configs().get(config)));
  }

  /** Waits until nothing is open that a killed writer has left. */
  void awaitSettled() {
    long deadline = System.nanoTime() + SETTLING.toNanos();
    for (String topic : topics()) {
      while (!maintenance.settled(topic)) {
        if (System.nanoTime() > deadline) {
          throw new IngestException(
              "a transaction on topic '%s' is still open after %d s: something writes there; stop it first"
                  .formatted(topic, SETTLING.toSeconds()));
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }

  /** The largest record that a topic takes. */
  private int largest(String topic) {
    try (TopicAdmin admin = TopicAdmin.open(kafka, PATIENCE)) {
      return admin.maxMessageBytes(topic) + SLACK_BYTES;
    }
  }

  /** Whether retention has deleted the beginning of the log of tasks. */
  private boolean cutOff() {
    try (CommittedReader reader = new CommittedReader(kafka)) {
      List<TopicPartition> partitions = reader.partitions(topics.tasks());
      return reader.consumer().beginningOffsets(partitions).values().stream()
          .anyMatch(beginning -> beginning > 0);
    }
  }

  /** One rule for each topic. */
  private final class Rules {
    private final Removed removed = new Removed();
    private final ExamplesRule examples;
    private final TasksRule tasks;
    private final ChangelogRule open = new ChangelogRule(key, true);
    private final SortedMap<String, OwnedRule> owned = others.rules(key);

    Rules(Map<Integer, Long> lastOfSource) {
      this.examples = new ExamplesRule(key, read, lastOfSource);
      this.tasks = new TasksRule(key, examples.fresh(), removed);
    }

    OwnedRule owned(String topic) {
      return requireNonNull(owned.get(topic), topic);
    }

    CopyRule of(String topic) {
      if (topic.equals(topics.examples())) {
        return examples;
      } else if (topic.equals(topics.rejectedExamples())) {
        return new RejectedRule(key, topics.examples(), examples.fresh(), removed);
      } else if (topic.equals(topics.tasks())) {
        return tasks;
      } else if (topic.equals(changelogs.open())) {
        return open;
      } else if (topic.equals(changelogs.buffer())) {
        return new BufferRule(key, examples.fresh());
      } else if (List.of(changelogs.history(), changelogs.ids(), changelogs.detectors())
          .contains(topic)) {
        return new ChangelogRule(key, false);
      } else if (owned.containsKey(topic)) {
        return owned(topic);
      }
      open.count(removed);
      return new CountsRule(removed);
    }
  }
}
