package io.engram.ingest.domain;

import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.LabeledExample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes tasks of what is open, or says why there is none. For one thread. */
final class TaskCloser {

  private final TooSmall tooSmall;
  private final int minimum;
  private final TaskBuilder builder;
  private final Grouper.Source source;
  private final ExampleDecoder decoder;
  private final DecodedExamples decoded;
  private final GroupStore store;
  private final GroupOutput output;
  private final PartitionCounts counts;
  private final Rejecting rejecting;
  private final SeenIds ids;

  /** What grouping keeps and where its results go. */
  record Ends(
      GroupStore store,
      GroupOutput output,
      PartitionCounts counts,
      Rejecting rejecting,
      SeenIds ids) {}

  TaskCloser(
      IngestRules rules,
      Grouper.Source source,
      ExampleDecoder decoder,
      DecodedExamples decoded,
      Ends ends) {
    this.tooSmall = rules.grouping().strays().tooSmall();
    SplitRules split = tooSmall == TooSmall.EMIT ? rules.split().withMinExamples(2) : rules.split();
    this.minimum = split.minExamples();
    this.builder = new TaskBuilder(split, rules.grouping().size(), source.partition());
    this.source = source;
    this.decoder = decoder;
    this.decoded = decoded;
    this.store = ends.store();
    this.output = ends.output();
    this.counts = ends.counts();
    this.rejecting = ends.rejecting();
    this.ids = ends.ids();
  }

  /** Whether something is too small to be closed and better goes with what comes next. */
  boolean waits(OpenTask open) {
    return tooSmall != TooSmall.REJECT && open.count() < minimum;
  }

  /** Closes what is open under a name. */
  void close(String slot, OpenTask open, ClosedBy by, long now) {
    String key = Slot.key(slot);
    counts.of(Total.OPEN).addAndGet(-open.count());
    KeyHistory history = store.history(key);
    TaskBuilder.Name name =
        new TaskBuilder.Name(
            history.nextTaskId(key, open.taskId()), key, history.nextSequence(), by);
    TaskBuilder.Built built = build(slot, open, name);
    if (built instanceof TaskBuilder.Built.Made made) {
      store.putHistory(key, history.afterTask(open.taskId(), now));
      counts.of(Total.TASKS).incrementAndGet();
      output.task(made.task(), made.trace());
    } else if (built instanceof TaskBuilder.Built.Refused refused) {
      for (BufferedExample example : store.examples(slot, open.count())) {
        rejecting.buffered(key, example, refused.refusal());
        if (ids.remembers()) {
          example(key, example).ifPresent(it -> ids.forget(key, it.getId()));
        }
      }
    }
    store.removeExamples(slot, open.count());
    store.removeOpen(slot);
  }

  /**
   * Closes what is open under a name but for its latest examples, which stay open.
   *
   * @param latest how many; fewer than there are
   * @return what stays
   */
  OpenTask closeBut(String slot, OpenTask open, int latest, ClosedBy by, long now) {
    List<BufferedExample> all = store.examples(slot, open.count());
    List<BufferedExample> kept = List.copyOf(all.subList(all.size() - latest, all.size()));
    OpenTask rest = OpenTask.of(open.taskId(), open.signature());
    if (open.firstEventTime() != OpenTask.UNKNOWN) {
      rest = rest.bornAt(kept.get(0).timestamp());
    }
    for (BufferedExample example : kept) {
      long bytes = example(Slot.key(slot), example).map(ExampleBytes::inTask).orElse(0L);
      rest = rest.plus(bytes, example.timestamp(), open.lastArrival());
    }
    store.removeExamples(slot, open.count());
    for (int i = 0; i < all.size() - latest; i++) {
      store.putExample(slot, i, all.get(i));
    }
    counts.of(Total.OPEN).addAndGet(-latest);
    close(slot, open.first(all.size() - latest, rest.bytes()), by, now);
    for (int i = 0; i < kept.size(); i++) {
      store.putExample(slot, i, kept.get(i));
    }
    counts.of(Total.OPEN).addAndGet(latest);
    store.putOpen(slot, rest);
    return rest;
  }

  private TaskBuilder.Built build(String slot, OpenTask open, TaskBuilder.Name name) {
    Optional<List<PlacedExample>> examples = decoded.take(slot, open.count());
    if (examples.isPresent()) {
      return builder.build(name, open, inOrder(slot, examples.get()));
    }
    List<PlacedExample> again = new ArrayList<>();
    for (BufferedExample buffered : store.examples(slot, open.count())) {
      InputRecord record = buffered.cameAs(Slot.key(slot));
      Decoded found = decoder.decode(record.seen(source));
      if (!(found instanceof Decoded.Example example)) {
        // It was an example when it came: the format has been changed since.
        return new TaskBuilder.Built.Refused(
            new Refusal(
                Category.UNDECODABLE,
                found instanceof Decoded.Undecodable undecodable
                    ? undecodable.reason()
                    : "it has no label in the format that is set now"));
      }
      again.add(PlacedExample.of(example.value(), record));
    }
    return builder.build(name, open, inOrder(slot, again));
  }

  /** Those of windows that were joined stand behind each other. */
  private static List<PlacedExample> inOrder(String slot, List<PlacedExample> examples) {
    if (Slot.isNumbered(slot)) {
      examples.sort(Comparator.comparingLong(PlacedExample::offset));
    }
    return examples;
  }

  private Optional<LabeledExample> example(String key, BufferedExample buffered) {
    return decoder.decode(buffered.cameAs(key).seen(source)) instanceof Decoded.Example found
        ? Optional.of(found.value())
        : Optional.empty();
  }
}
