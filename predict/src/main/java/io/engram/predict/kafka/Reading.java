package io.engram.predict.kafka;

import io.engram.ingest.domain.ExampleRules;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.schemas.ForgottenKeys;
import java.util.SortedSet;

/**
 * By what records become examples and questions: as ingest reads them.
 *
 * @param withoutKey the task key of records without one; empty: they are passed over
 * @param forgotten keys that were forgotten on purpose: nothing of them is answered
 * @param otherTopics topics of examples beside {@code examples}
 */
public record Reading(
    ExampleRules rules,
    String withoutKey,
    ExampleDecoder decoder,
    ForgottenKeys forgotten,
    SortedSet<String> otherTopics) {

  /** The same, passing over these keys. */
  Reading refusing(ForgottenKeys keys) {
    return new Reading(rules, withoutKey, decoder, keys, otherTopics);
  }
}
