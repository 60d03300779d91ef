package io.engram.ingest;

import io.engram.ingest.domain.ExampleRules;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.IngestRules;
import io.engram.ingest.domain.SplitRules;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.ingest.kafka.TopicLayout;
import java.nio.file.Path;

/**
 * Everything ingest can be told.
 *
 * @param run how it runs
 * @param format how the bytes of examples are read
 * @param rules what makes examples into tasks
 */
public record IngestConfig(StreamsRun run, FormatChoice format, IngestRules rules) {

  /** The defaults of every key, over a directory. */
  public static IngestConfig defaults(Path stateDir) {
    return new IngestConfig(StreamsRun.in(stateDir), FormatChoice.avro(), IngestRules.defaults());
  }

  /** The same with other rules for examples. */
  public IngestConfig with(ExampleRules other) {
    return new IngestConfig(run, format, rules.with(other));
  }

  /** The same with other rules for grouping. */
  public IngestConfig with(GroupingRules other) {
    return new IngestConfig(run, format, rules.with(other));
  }

  /** The same with other rules for the split. */
  public IngestConfig with(SplitRules other) {
    return new IngestConfig(run, format, rules.with(other));
  }

  /** The same with another layout of the topics. */
  public IngestConfig with(TopicLayout other) {
    return new IngestConfig(run.with(other), format, rules);
  }

  /** The same with another format. */
  public IngestConfig with(FormatChoice other) {
    return new IngestConfig(run, other, rules);
  }
}
