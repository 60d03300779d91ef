package io.engram.benchmarks.hostile;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A kind of hostile records.
 *
 * @param topic where they go, without a prefix
 * @param name what they are, within the topic
 * @param most that are sent of it, however many others are: of large ones, and of those that cost their reader more than a glance
 * @param alone whether each is a batch of its own, since the broker may refuse it
 * @param reason what ingest must say of each; null: whatever it says, or takes it
 */
record Kind(
    String topic, String name, long most, boolean alone, @Nullable String reason, Maker maker) {

  static final long ANY_NUMBER = Long.MAX_VALUE;

  /** Makes them. */
  @FunctionalInterface
  interface Maker {
    /**
     * The next one.
     *
     * @param number 0, 1, 2 … within the kind
     */
    Draft make(SplittableRandom random, long number);
  }

  static Kind of(String topic, String name, Maker maker) {
    return new Kind(topic, name, ANY_NUMBER, false, null, maker);
  }

  Kind atMost(long number) {
    return new Kind(topic, name, number, alone, reason, maker);
  }

  Kind byItself() {
    return new Kind(topic, name, most, true, reason, maker);
  }

  /** The same, of which ingest must say why it refuses it. */
  Kind refusedFor(String category) {
    return new Kind(topic, name, most, alone, category, maker);
  }

  String id() {
    return topic + "/" + name;
  }
}
