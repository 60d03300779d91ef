package io.engram.cli.topics;

import io.engram.kafkakit.NeededTopic;

/**
 * A topic and what was found of it.
 *
 * @param line one line for people: what, found, expected, what to do
 * @param wrong whether something has to be done
 */
public record Finding(String line, boolean wrong) {

  static Finding serves(NeededTopic needed, int partitions, short copies) {
    return new Finding(
        "ok       %s: %d partitions, %d copies"
            .formatted(needed.topic().name(), partitions, copies),
        false);
  }

  static Finding created(NeededTopic needed) {
    return new Finding(
        "created  %s: %d partitions".formatted(needed.topic().name(), needed.topic().partitions()),
        false);
  }

  /** A changelog that is not there is no fault: Kafka Streams makes it. */
  static Finding willBeMade(NeededTopic needed) {
    return new Finding(
        "absent   %s: its role makes it at its start".formatted(needed.topic().name()), false);
  }

  static Finding absent(NeededTopic needed) {
    return new Finding(
        "WRONG    %s: found none, expected %d partitions: engram topics create"
            .formatted(needed.topic().name(), needed.topic().partitions()),
        true);
  }

  static Finding absentOfOthers(NeededTopic needed) {
    return new Finding(
        "WRONG    %s: found none, expected %d partitions: it belongs to others (ingest.examples.topics), who have to make it"
            .formatted(needed.topic().name(), needed.topic().partitions()),
        true);
  }

  static Finding hidden(NeededTopic needed, String operation) {
    return new Finding(
        "WRONG    %s: found no right to %s it, so nobody knows how it is: kafka-acls.sh --add --operation %s --topic %s for whoever asks"
            .formatted(needed.topic().name(), operation, operation, needed.topic().name()),
        true);
  }

  static Finding differs(NeededTopic needed, NeededTopic.Difference difference) {
    return new Finding(
        "WRONG    %s: %s found %s, expected %s: %s"
            .formatted(
                needed.topic().name(),
                difference.what(),
                difference.found().isEmpty() ? "nothing" : difference.found(),
                difference.expected(),
                difference.remedy()),
        true);
  }
}
