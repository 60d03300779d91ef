package io.engram.ingest.domain;

import io.engram.ingest.boundary.Boundaries;
import io.engram.ingest.boundary.Boundaries.Verdict;
import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.LabeledExample;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ingest's state machine for one partition of {@code examples}: every record goes to exactly one task, to the rejected, or
 * stays in the open task of its key. Knows neither Kafka's stores nor its topics; its clock is its arguments. For one thread.
 */
public final class Grouper {

  private final ExampleCheck check;
  private final ForgottenKeys forgotten;
  private final GroupingRules grouping;
  private final long keyMemory;
  private final Rejecting rejecting;
  private final TaskCloser closer;
  private final SeenIds ids;
  private final @Nullable WindowSlots windows;
  private final @Nullable Boundaries boundaries;
  private final GroupStore store;
  private final PartitionCounts counts;
  private final DecodedExamples decoded;
  private PartitionClock clock;

  /**
   * By what records become examples.
   *
   * @param room for what was decoded and waits
   * @param forgotten keys that were forgotten on purpose; a key may stand inside a record
   */
  public record Reading(ExampleDecoder decoder, DecodedRoom room, ForgottenKeys forgotten) {}

  /** Where a grouper's records come from. */
  public record Source(String topic, int partition) {}

  /**
   * Begins where its store was left.
   *
   * @param now the clock, in milliseconds
   */
  public Grouper(
      IngestRules rules,
      Reading reading,
      Source source,
      GroupStore store,
      GroupOutput output,
      PartitionCounts counts,
      long now) {
    this.grouping = rules.grouping();
    this.forgotten = reading.forgotten();
    this.check = new ExampleCheck(rules.examples(), keyOf(source), reading.decoder(), source);
    this.decoded = new DecodedExamples(reading.room());
    this.keyMemory = rules.keyMemory().toMillis();
    this.store = store;
    this.counts = counts;
    this.rejecting = new Rejecting(source, output, counts);
    this.ids = new SeenIds(grouping.strays().rememberedIds(), store);
    this.closer =
        new TaskCloser(
            rules,
            source,
            reading.decoder(),
            decoded,
            new TaskCloser.Ends(store, output, counts, rejecting, ids));
    this.windows =
        grouping
            .cuts()
            .window()
            .map(it -> new WindowSlots(it, grouping.taskIdSize(), store, counts, closer))
            .orElse(null);
    this.boundaries = grouping.cuts().boundary().map(Boundaries::new).orElse(null);
    this.clock = PartitionClock.startingAt(now);
  }

  /** The key of records that have none; empty if they are to be rejected. */
  private String keyOf(Source source) {
    String name = grouping.strays().withoutKey();
    return name.isEmpty() ? "" : name + "-" + source.partition();
  }

  /** Takes the next record of the log. A question is counted, and neither grouped nor rejected: it is for others to answer. */
  public void accept(InputRecord record, long now) {
    ExampleCheck.Verdict verdict = check.check(record);
    if (verdict instanceof ExampleCheck.Verdict.Asked) {
      counts.of(Total.QUESTIONS).incrementAndGet();
      return;
    }
    counts.of(Total.EXAMPLES).incrementAndGet();
    if (verdict instanceof ExampleCheck.Verdict.Accepted accepted) {
      clock = clock.afterRecord(now, accepted.record().timestamp());
      take(accepted, now);
    } else if (verdict instanceof ExampleCheck.Verdict.Refused refused) {
      clock = clock.afterRecord(now, record.timestamp());
      rejecting.record(record, refused.refusal());
    }
  }

  private void take(ExampleCheck.Verdict.Accepted accepted, long now) {
    byte[] key = accepted.key().getBytes(StandardCharsets.UTF_8);
    // By its own key a record was looked at before it came here.
    if (!Arrays.equals(key, accepted.record().key()) && forgotten.contains(key)) {
      rejecting.forgotten(accepted.record());
    } else {
      place(accepted.key(), accepted.example(), accepted.record(), now);
    }
  }

  /** Takes the next record of the log, whose key was forgotten: counts it, and says where it stood and nothing else of it. */
  public void refuseForgotten(InputRecord record) {
    counts.of(Total.EXAMPLES).incrementAndGet();
    rejecting.forgotten(record);
  }

  /** Takes what is left of an example whose key was forgotten. */
  public void husk() {
    rejecting.husk();
  }

  /** Closes the tasks of keys that have been silent for long enough, but for those that are too small and may wait. */
  public void closeIdle(long now) {
    clock = clock.at(now);
    store.forEachOpen(
        (slot, open) -> {
          Optional<ClosedBy> closing = grouping.closesSilent(open, clock);
          if (closing.isPresent() && (Slot.isNumbered(slot) || !closer.waits(open))) {
            closeForGood(slot, open, closing.get(), now);
          }
        });
  }

  /** Closes every open task as it is: the source has ended, and nothing of it will come. */
  public void closeAll(long now) {
    clock = clock.at(now);
    store.forEachOpen((slot, open) -> closeForGood(slot, open, ClosedBy.BOUNDARY, now));
  }

  /** Forgets keys that have been silent for very long; what waited for them has waited in vain. */
  public void forgetKeys(long now) {
    store.forEachOpen(
        (slot, open) -> {
          if (open.lastArrival() < now - keyMemory) {
            closeForGood(slot, open, ClosedBy.IDLE, now);
          }
        });
    store.forgetHistories(now - keyMemory);
  }

  private void closeForGood(String slot, OpenTask open, ClosedBy by, long now) {
    closer.close(slot, open, by, now);
    if (windows != null && Slot.isNumbered(slot)) {
      windows.closed(slot);
    }
  }

  private void place(String key, LabeledExample example, InputRecord record, long now) {
    Optional<Refusal> twice = ids.refuses(key, example.getId());
    if (twice.isPresent()) {
      rejecting.record(record, ExampleCheck.quoting(example, twice.get()));
      return;
    }
    if (windows == null) {
      place(key, key, example, record, now);
      return;
    }
    WindowSlots.Found found = windows.of(key, record.timestamp(), now);
    if (found instanceof WindowSlots.Found.In in) {
      place(key, in.slot(), example, record, now);
    } else if (found instanceof WindowSlots.Found.Refused refused) {
      rejecting.record(record, ExampleCheck.quoting(example, refused.refusal()));
    }
  }

  private void place(
      String key, String slot, LabeledExample example, InputRecord record, long now) {
    long bytes = ExampleBytes.inTask(example);
    OpenTask open = goingOn(key, slot, example, record, bytes, now);
    if (open == null) {
      open = OpenTask.of(example.getTaskId(), TaskSignature.of(example));
      if (grouping.cuts().age().isPresent()) {
        open = open.bornAt(record.timestamp());
      }
    }
    Optional<Refusal> refusal = open.signature().refuses(example);
    if (refusal.isPresent()) {
      rejecting.record(record, ExampleCheck.quoting(example, refusal.get()));
      return;
    }
    decoded.add(slot, open.count(), PlacedExample.of(example, record), bytes);
    ids.note(key, example.getId());
    take(slot, open, record, bytes, now);
  }

  /** The open task that an example goes into; null if it begins another one. */
  private @Nullable OpenTask goingOn(
      String key, String slot, LabeledExample example, InputRecord record, long bytes, long now) {
    Verdict change = look(key, example);
    OpenTask open = store.open(slot);
    if (open == null) {
      return null;
    }
    Optional<ClosedBy> closing =
        grouping.closesBefore(open, example.getTaskId(), record.timestamp(), bytes);
    if (closing.isEmpty() && change.found()) {
      int latest = change.latest();
      if (latest > 0
          && latest < open.count()
          && !closer.waits(open.first(open.count() - latest, 0))) {
        return closer.closeBut(slot, open, latest, ClosedBy.CHANGE, now);
      }
      closing = latest < open.count() ? Optional.of(ClosedBy.CHANGE) : Optional.empty();
    }
    if (closing.isEmpty() || maySmallWait(open, closing.get(), example)) {
      return open;
    }
    closer.close(slot, open, closing.get(), now);
    return null;
  }

  /** Whether an example goes into a task that should be closed, because that is too small. */
  private boolean maySmallWait(OpenTask open, ClosedBy by, LabeledExample example) {
    return by != ClosedBy.EXPLICIT
        && by != ClosedBy.SIZE
        && closer.waits(open)
        && open.signature().refuses(example).isEmpty();
  }

  private Verdict look(String key, LabeledExample example) {
    if (boundaries == null) {
      return Verdict.NONE;
    }
    Boundaries.Seen seen = boundaries.look(store.detector(key), example);
    store.putDetector(key, seen.state());
    return seen.verdict();
  }

  private void take(String slot, OpenTask open, InputRecord record, long bytes, long now) {
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalStateException("an accepted example has a value, offset " + record.offset());
    }
    store.putExample(slot, open.count(), BufferedExample.of(record, value, Slot.key(slot)));
    counts.of(Total.OPEN).incrementAndGet();
    OpenTask grown = open.plus(bytes, record.timestamp(), now);
    Optional<ClosedBy> closing = grouping.closesAfter(grown);
    if (closing.isPresent()) {
      closer.close(slot, grown, closing.get(), now);
    } else {
      store.putOpen(slot, grown);
    }
  }

  /** Gives back what it holds beside the store. */
  public void close() {
    decoded.clear();
  }
}
