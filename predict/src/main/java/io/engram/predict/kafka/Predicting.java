package io.engram.predict.kafka;

import io.engram.predict.domain.Answerer;
import io.engram.predict.domain.LiveCounters;
import io.engram.predict.domain.PredictRules;

/**
 * What all partitions have in common.
 *
 * @param counters where each partition's counts can be seen
 */
public record Predicting(
    PredictRules rules, Reading reading, Answerer answerer, LiveCounters counters) {

  /** The same with another reading. */
  Predicting with(Reading other) {
    return new Predicting(rules, other, answerer, counters);
  }
}
