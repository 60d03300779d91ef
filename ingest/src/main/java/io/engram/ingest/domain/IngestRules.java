package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;
import static io.engram.ingest.domain.ConfigCheck.requirePositive;

import java.time.Duration;

/**
 * What makes examples into tasks.
 *
 * @param examples what a single example must be
 * @param grouping when examples make a task
 * @param split which examples are support, which query
 * @param keyMemory how long a silent key's sequence number is remembered; after that it starts again at 0
 * @param rejection when a rejected record is not written to the rejected once more
 */
public record IngestRules(
    ExampleRules examples,
    GroupingRules grouping,
    SplitRules split,
    Duration keyMemory,
    RejectionRules rejection) {

  public IngestRules {
    requirePositive(keyMemory, "key-memory");
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

  /** The defaults of every key. */
  public static IngestRules defaults() {
    return new IngestRules(
        ExampleRules.defaults(),
        GroupingRules.defaults(),
        SplitRules.defaults(),
        Duration.ofDays(30),
        RejectionRules.defaults());
  }

  /** The same with other rules for examples. */
  public IngestRules with(ExampleRules other) {
    return new IngestRules(other, grouping, split, keyMemory, rejection);
  }

  /** The same with other rules for grouping. */
  public IngestRules with(GroupingRules other) {
    return new IngestRules(examples, other, split, keyMemory, rejection);
  }

  /** The same with other rules for the split. */
  public IngestRules with(SplitRules other) {
    return new IngestRules(examples, grouping, other, keyMemory, rejection);
  }

  /** The same with other rules for what is rejected again. */
  public IngestRules with(RejectionRules other) {
    return new IngestRules(examples, grouping, split, keyMemory, other);
  }
}
