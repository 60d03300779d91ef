package io.engram.ingest;

import io.engram.ingest.PartitionCounts.Total;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Ingest's state machine for one partition of {@code examples}: every record goes to exactly one task, to the rejected, or
 * stays in the open task of its key. Knows neither Kafka's stores nor its topics; its clock is its arguments. For one thread.
 */
final class Grouper {

  private final ExampleCheck check;
  private final GroupingRules grouping;
  private final TaskBuilder builder;
  private final long keyMemory;
  private final String topic;
  private final int partition;
  private final GroupStore store;
  private final GroupOutput output;
  private final PartitionCounts counts;
  private PartitionClock clock;

  Grouper(
      IngestConfig config,
      String topic,
      int partition,
      GroupStore store,
      GroupOutput output,
      PartitionCounts counts,
      long now) {
    this.check = new ExampleCheck(config.examples());
    this.grouping = config.grouping();
    this.builder = new TaskBuilder(config.split(), partition);
    this.keyMemory = config.keyMemory().toMillis();
    this.topic = topic;
    this.partition = partition;
    this.store = store;
    this.output = output;
    this.counts = counts;
    this.clock = PartitionClock.startingAt(now);
  }

  /** Takes the next record of the log. */
  void accept(InputRecord record, long now) {
    counts.of(Total.EXAMPLES).incrementAndGet();
    clock = clock.afterRecord(now, record.timestamp());
    ExampleCheck.Verdict verdict = check.check(record);
    if (verdict instanceof ExampleCheck.Verdict.Accepted accepted) {
      place(accepted.key(), accepted.example(), record, now);
    } else if (verdict instanceof ExampleCheck.Verdict.Refused refused) {
      reject(record, refused.refusal());
    }
  }

  /** Closes the tasks of keys that have been silent for long enough. */
  void closeIdle(long now) {
    clock = clock.at(now);
    store.forEachOpen(
        (key, open) -> {
          if (grouping.idle(open, clock)) {
            close(key, open, ClosedBy.IDLE, now);
          }
        });
  }

  /** Forgets keys that have been silent for very long. */
  void forgetKeys(long now) {
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
    take(key, open, record, bytes, now);
  }

  private void take(String key, OpenTask open, InputRecord record, long bytes, long now) {
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalStateException("an accepted example has a value, offset " + record.offset());
    }
    store.putExample(
        key,
        open.count(),
        new BufferedExample(value, record.headers(), record.offset(), record.timestamp()));
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
    List<BufferedExample> examples = store.takeExamples(key, open.count());
    store.removeOpen(key);
    counts.of(Total.OPEN).addAndGet(-examples.size());
    KeyHistory history = store.history(key);
    TaskBuilder.Name name =
        new TaskBuilder.Name(
            history.nextTaskId(key, open.taskId()), key, history.nextSequence(), by);
    TaskBuilder.Built built = builder.build(name, open.signature(), examples);
    if (built instanceof TaskBuilder.Built.Made made) {
      store.putHistory(key, history.afterTask(open.taskId(), now));
      counts.of(Total.TASKS).incrementAndGet();
      output.task(made.task());
    } else if (built instanceof TaskBuilder.Built.Refused refused) {
      examples.forEach(example -> reject(key, example, refused.refusal()));
    }
  }

  private void reject(InputRecord record, Refusal refusal) {
    counts.rejected(refusal.category()).incrementAndGet();
    output.rejected(
        record.key(),
        record.value(),
        record.headers(),
        record.timestamp(),
        rejected(refusal, record.offset()));
  }

  private void reject(String key, BufferedExample example, Refusal refusal) {
    counts.rejected(refusal.category()).incrementAndGet();
    output.rejected(
        key.getBytes(StandardCharsets.UTF_8),
        example.value(),
        example.headers(),
        example.timestamp(),
        rejected(refusal, example.offset()));
  }

  private Rejected rejected(Refusal refusal, long offset) {
    return new Rejected(
        refusal.category().word(),
        refusal.reason(),
        new Rejected.Source.Log(topic, partition, offset));
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
