package io.engram.ingest.kafka;

import io.engram.ingest.domain.DecodedRoom;
import io.engram.ingest.domain.IngestCounters;
import io.engram.ingest.domain.IngestRules;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.schemas.ForgottenKeys;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the groupers of all partitions have in common.
 *
 * @param forgotten keys that were forgotten on purpose: whatever still comes of them is refused
 * @param counters where each partition's counts can be seen
 * @param otherTopics topics of examples beside {@code examples}
 */
public record Grouping(
    IngestRules rules,
    ExampleDecoder decoder,
    DecodedRoom room,
    ForgottenKeys forgotten,
    IngestCounters counters,
    SortedSet<String> otherTopics) {

  /** With the topic {@code examples} alone. */
  public Grouping(
      IngestRules rules,
      ExampleDecoder decoder,
      DecodedRoom room,
      ForgottenKeys forgotten,
      IngestCounters counters) {
    this(rules, decoder, room, forgotten, counters, new TreeSet<>());
  }

  /** The same, refusing these keys. */
  Grouping refusing(ForgottenKeys keys) {
    return new Grouping(rules, decoder, room, keys, counters, otherTopics);
  }
}
