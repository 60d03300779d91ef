package io.engram.ingest.domain;

import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.schemas.Rejected;
import java.util.List;

/** Says where a record stood that is rejected, counts it, and hands it on. */
final class Rejecting {

  private final Grouper.Source source;
  private final GroupOutput output;
  private final PartitionCounts counts;

  Rejecting(Grouper.Source source, GroupOutput output, PartitionCounts counts) {
    this.source = source;
    this.output = output;
    this.counts = counts;
  }

  /** As it came; of a deletion there is nothing to keep. */
  void record(InputRecord record, Refusal refusal) {
    counts.rejected(refusal.category()).incrementAndGet();
    if (refusal.category() == Category.DELETION) {
      return;
    }
    output.rejected(
        record.key(),
        record.value(),
        record.headers(),
        record.timestamp(),
        rejected(refusal, record));
  }

  /** As it came, out of an open task. */
  void buffered(String key, BufferedExample example, Refusal refusal) {
    record(example.cameAs(key), refusal);
  }

  /** Where it stood, and nothing else of it. */
  void forgotten(InputRecord record) {
    counts.rejected(Category.FORGOTTEN).incrementAndGet();
    output.rejected(
        null,
        null,
        List.of(),
        record.timestamp(),
        rejected(
            new Refusal(
                Category.FORGOTTEN, "its key was forgotten on purpose; nothing of it is kept"),
            record));
  }

  /** Counts what is left of an example whose key was forgotten. */
  void husk() {
    counts.of(Total.EXAMPLES).incrementAndGet();
    counts.rejected(Category.FORGOTTEN).incrementAndGet();
  }

  private Rejected rejected(Refusal refusal, InputRecord record) {
    return new Rejected(
        refusal.category().word(),
        refusal.reason(),
        new Rejected.Source.Log(record.topic(source), source.partition(), record.offset()));
  }
}
