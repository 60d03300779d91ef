package io.engram.ingest.kafka;

import io.engram.ingest.domain.DecodedRoom;
import io.engram.ingest.domain.IngestCounters;
import io.engram.ingest.domain.IngestRules;
import io.engram.ingest.format.ExampleDecoder;

/**
 * What the groupers of all partitions have in common.
 *
 * @param counters where each partition's counts can be seen
 */
public record Grouping(
    IngestRules rules, ExampleDecoder decoder, DecodedRoom room, IngestCounters counters) {}
