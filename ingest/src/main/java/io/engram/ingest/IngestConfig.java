package io.engram.ingest;

import static io.engram.ingest.ConfigCheck.require;
import static io.engram.ingest.ConfigCheck.requirePositive;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything ingest can be told.
 *
 * @param stateDir directory of the stores; one process at a time
 * @param instanceId names this process in the group, the same at every start, different for processes that run beside each
 *     other: a restart then takes its partitions back at once
 * @param threads stream threads; more than partitions are idle
 * @param commitInterval time between transactions: how late a task can be seen at most
 * @param keyMemory how long a silent key's sequence number is remembered; after that it starts again at 0
 * @param startTimeout how long the start waits for Kafka
 * @param topics how missing topics are created
 * @param examples what a single example must be
 * @param grouping when examples make a task
 * @param split which examples are support, which query
 */
public record IngestConfig(
    Path stateDir,
    String instanceId,
    int threads,
    Duration commitInterval,
    Duration keyMemory,
    Duration startTimeout,
    TopicLayout topics,
    ExampleRules examples,
    GroupingRules grouping,
    SplitRules split) {

  public IngestConfig {
    require(
        instanceId.matches("[a-zA-Z0-9._-]{1,200}"),
        "instance-id",
        "'" + instanceId + "'",
        "1 to 200 letters, digits, '.', '_' or '-'");
    require(threads >= 1, "threads", threads, "at least 1");
    requirePositive(commitInterval, "commit-interval");
    requirePositive(keyMemory, "key-memory");
    requirePositive(startTimeout, "start-timeout");
    require(
        split.minExamples() <= grouping.size(),
        "split.min-examples",
        split.minExamples(),
        "at most grouping.size (%d), or no task could be made".formatted(grouping.size()));
    require(
        8L * examples.maxBytes() <= grouping.maxTaskBytes(),
        "grouping.max-task-bytes",
        grouping.maxTaskBytes(),
        "at least 8 times examples.max-bytes (%d): two examples at 4 bytes a number"
            .formatted(examples.maxBytes()));
  }

  /** The defaults of every key, over a directory. */
  public static IngestConfig defaults(Path stateDir) {
    return new IngestConfig(
        stateDir,
        "engram-ingest",
        1,
        Duration.ofMillis(100),
        Duration.ofDays(30),
        Duration.ofSeconds(30),
        TopicLayout.defaults(),
        ExampleRules.defaults(),
        GroupingRules.defaults(),
        SplitRules.defaults());
  }

  /** The same with other rules for examples. */
  public IngestConfig with(ExampleRules other) {
    return new IngestConfig(
        stateDir,
        instanceId,
        threads,
        commitInterval,
        keyMemory,
        startTimeout,
        topics,
        other,
        grouping,
        split);
  }

  /** The same with other rules for grouping. */
  public IngestConfig with(GroupingRules other) {
    return new IngestConfig(
        stateDir,
        instanceId,
        threads,
        commitInterval,
        keyMemory,
        startTimeout,
        topics,
        examples,
        other,
        split);
  }

  /** The same with other rules for the split. */
  public IngestConfig with(SplitRules other) {
    return new IngestConfig(
        stateDir,
        instanceId,
        threads,
        commitInterval,
        keyMemory,
        startTimeout,
        topics,
        examples,
        grouping,
        other);
  }

  /** The same with another layout of the topics. */
  public IngestConfig with(TopicLayout other) {
    return new IngestConfig(
        stateDir,
        instanceId,
        threads,
        commitInterval,
        keyMemory,
        startTimeout,
        other,
        examples,
        grouping,
        split);
  }
}
