package io.engram.ingest.domain;

import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ingest's state machine for one partition of {@code examples}: every record goes to exactly one task, to the rejected, or
 * stays in the open task of its key. Knows neither Kafka's stores nor its topics; its clock is its arguments. For one thread.
 */
public final class Grouper {

  private final ExampleCheck check;
  private final GroupingRules grouping;
  private final TaskBuilder builder;
  private final long keyMemory;
  private final Source source;
  private final GroupStore store;
  private final GroupOutput output;
  private final PartitionCounts counts;
  private final ExampleDecoder decoder;
  private final DecodedExamples decoded;
  private PartitionClock clock;

  /** Where a grouper's records come from. */
  public record Source(String topic, int partition) {}

  /**
   * Begins where its store was left.
   *
   * @param now the clock, in milliseconds
   */
  public Grouper(
      IngestRules rules,
      ExampleDecoder decoder,
      DecodedRoom room,
      Source source,
      GroupStore store,
      GroupOutput output,
      PartitionCounts counts,
      long now) {
    this.check = new ExampleCheck(rules.examples(), decoder, source);
    this.decoder = decoder;
    this.decoded = new DecodedExamples(room);
    this.grouping = rules.grouping();
    this.builder = new TaskBuilder(rules.split(), rules.grouping().size(), source.partition());
    this.keyMemory = rules.keyMemory().toMillis();
    this.source = source;
    this.store = store;
    this.output = output;
    this.counts = counts;
    this.clock = PartitionClock.startingAt(now);
  }

  /** Takes the next record of the log. */
  public void accept(InputRecord record, long now) {
    counts.of(Total.EXAMPLES).incrementAndGet();
    ExampleCheck.Verdict verdict = check.check(record);
    if (verdict instanceof ExampleCheck.Verdict.Accepted accepted) {
      clock = clock.afterRecord(now, accepted.record().timestamp());
      place(accepted.key(), accepted.example(), accepted.record(), now);
    } else if (verdict instanceof ExampleCheck.Verdict.Refused refused) {
      clock = clock.afterRecord(now, record.timestamp());
      reject(record, refused.refusal());
    }
  }

  /** Takes the next record of the log, whose key was forgotten: counts it, and says where it stood and nothing else of it. */
  public void refuseForgotten(InputRecord record) {
    husk();
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

  /** Takes what is left of an example whose key was forgotten. */
  public void husk() {
    counts.of(Total.EXAMPLES).incrementAndGet();
    counts.rejected(Category.FORGOTTEN).incrementAndGet();
  }

  /** Closes the tasks of keys that have been silent for long enough. */
  public void closeIdle(long now) {
    clock = clock.at(now);
    store.forEachOpen(
        (key, open) -> {
          if (grouping.idle(open, clock)) {
            close(key, open, ClosedBy.IDLE, now);
          }
        });
  }

  /** Closes every open task as it is: the source has ended, and nothing of it will come. */
  public void closeAll(long now) {
    clock = clock.at(now);
    store.forEachOpen((key, open) -> close(key, open, ClosedBy.BOUNDARY, now));
  }

  /** Forgets keys that have been silent for very long. */
  public void forgetKeys(long now) {
    store.forgetHistories(now - keyMemory);
  }

  private void place(String key, LabeledExample example, InputRecord record, long now) {
    long bytes = bytesInTask(example);
    OpenTask open = store.open(key);
    if (open != null) {
      Optional<ClosedBy> closing =
          grouping.closesBefore(open, example.getTaskId(), record.timestamp(), bytes);
      if (closing.isPresent()) {
        close(key, open, closing.get(), now);
        open = null;
      }
    }
    if (open == null) {
      open = OpenTask.of(example.getTaskId(), TaskSignature.of(example));
    }
    Optional<Refusal> refusal = open.signature().refuses(example);
    if (refusal.isPresent()) {
      reject(record, ExampleCheck.quoting(example, refusal.get()));
      return;
    }
    decoded.add(
        key, open.count(), new PlacedExample(example, record.offset(), record.timestamp()), bytes);
    take(key, open, record, bytes, now);
  }

  private void take(String key, OpenTask open, InputRecord record, long bytes, long now) {
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalStateException("an accepted example has a value, offset " + record.offset());
    }
    store.putExample(key, open.count(), BufferedExample.of(record, value, key));
    counts.of(Total.OPEN).incrementAndGet();
    OpenTask grown = open.plus(bytes, record.timestamp(), now);
    Optional<ClosedBy> closing = grouping.closesAfter(grown);
    if (closing.isPresent()) {
      close(key, grown, closing.get(), now);
    } else {
      store.putOpen(key, grown);
    }
  }

  private void close(String key, OpenTask open, ClosedBy by, long now) {
    counts.of(Total.OPEN).addAndGet(-open.count());
    KeyHistory history = store.history(key);
    TaskBuilder.Name name =
        new TaskBuilder.Name(
            history.nextTaskId(key, open.taskId()), key, history.nextSequence(), by);
    TaskBuilder.Built built = build(key, open, name);
    if (built instanceof TaskBuilder.Built.Made made) {
      store.putHistory(key, history.afterTask(open.taskId(), now));
      counts.of(Total.TASKS).incrementAndGet();
      output.task(made.task());
    } else if (built instanceof TaskBuilder.Built.Refused refused) {
      store.examples(key, open.count()).forEach(example -> reject(key, example, refused.refusal()));
    }
    store.removeExamples(key, open.count());
    store.removeOpen(key);
  }

  private TaskBuilder.Built build(String key, OpenTask open, TaskBuilder.Name name) {
    Optional<List<PlacedExample>> examples = decoded.take(key, open.count());
    if (examples.isPresent()) {
      return builder.build(name, open, examples.get());
    }
    List<PlacedExample> again = new ArrayList<>();
    for (BufferedExample buffered : store.examples(key, open.count())) {
      Decoded found = decoder.decode(buffered.cameAs(key).seen(source));
      if (found instanceof Decoded.Undecodable undecodable) {
        // It was an example when it came: the format has been changed since.
        return new TaskBuilder.Built.Refused(
            new Refusal(Category.UNDECODABLE, undecodable.reason()));
      }
      again.add(
          new PlacedExample(
              ((Decoded.Example) found).value(), buffered.offset(), buffered.timestamp()));
    }
    return builder.build(name, open, again);
  }

  /** Gives back what it holds beside the store. */
  public void close() {
    decoded.clear();
  }

  private void reject(InputRecord record, Refusal refusal) {
    counts.rejected(refusal.category()).incrementAndGet();
    output.rejected(
        record.key(),
        record.value(),
        record.headers(),
        record.timestamp(),
        rejected(refusal, record));
  }

  private void reject(String key, BufferedExample example, Refusal refusal) {
    reject(example.cameAs(key), refusal);
  }

  private Rejected rejected(Refusal refusal, InputRecord record) {
    return new Rejected(
        refusal.category().word(),
        refusal.reason(),
        new Rejected.Source.Log(record.topic(source), source.partition(), record.offset()));
  }

  private static long bytesInTask(LabeledExample example) {
    long features = 4L * Tensors.elements(example.getFeatures().getShape());
    long label =
        example.getLabel() instanceof Tensor values
            ? 4L * Tensors.elements(values.getShape())
            : 8L + 3L * example.getLabel().toString().length();
    return features + label;
  }
}
