package io.engram.ingest.kafka.rejected;

/**
 * Records that were rejected for the same reason.
 *
 * @param category the reason in a word
 * @param count how many there are
 * @param waiting of those, how many were not replayed and could be
 * @param first the first of them
 * @param last the last of them
 */
public record Reason(
    String category, long count, long waiting, RejectedRecord first, RejectedRecord last) {

  Reason plus(RejectedRecord record, boolean waits) {
    return new Reason(category, count + 1, waiting + (waits ? 1 : 0), first, record);
  }
}
