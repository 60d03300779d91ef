package io.engram.ingest.domain;

import io.engram.ingest.domain.EventTimes.Span;
import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.schemas.avro.ClosedBy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The open tasks of windows: which one an example goes into, and which ones it closes. For one thread. */
final class WindowSlots {

  /** What came out. */
  sealed interface Found {

    /** The name of the open task. */
    record In(String slot) implements Found {}

    /** The example comes too late. */
    record Refused(Refusal refusal) implements Found {}
  }

  private final WindowRules rules;
  private final Windows windows;
  private final int most;
  private final GroupStore store;
  private final PartitionCounts counts;
  private final TaskCloser closer;

  /**
   * @param most examples in a task
   */
  WindowSlots(
      WindowRules rules, int most, GroupStore store, PartitionCounts counts, TaskCloser closer) {
    this.rules = rules;
    this.windows = new Windows(rules);
    this.most = most;
    this.store = store;
    this.counts = counts;
    this.closer = closer;
  }

  /** Finds an example's window, and closes those that are over by its time. */
  Found of(String key, long time, long now) {
    KeyHistory history = store.history(key);
    Windows.Place place = windows.place(history.times(), time);
    if (place instanceof Windows.Place.Late late) {
      counts.of(Total.LATE).incrementAndGet();
      Optional<Windows.Place.In> joined = windows.join(history.times());
      if (joined.isEmpty()) {
        return new Found.Refused(refusal(time, late.end()));
      }
      place = joined.get();
    }
    Windows.Place.In in = (Windows.Place.In) place;
    if (!in.after().equals(history.times())) {
      store.putHistory(key, history.at(in.after()));
    }
    for (Span span : in.over()) {
      close(Slot.of(key, span.slot()), now);
    }
    String slot = Slot.of(key, in.slot());
    for (Span span : in.merged()) {
      merge(Slot.of(key, span.slot()), slot, now);
    }
    return new Found.In(slot);
  }

  /** Notes that a window's task was closed by the clock or by the end of its source. */
  void closed(String slot) {
    String key = Slot.key(slot);
    KeyHistory history = store.history(key);
    store.putHistory(key, history.at(Windows.closed(history.times(), Slot.number(slot))));
  }

  private Refusal refusal(long time, long end) {
    return new Refusal(
        Category.LATE,
        "its time is %s, and the windows of its key are closed up to %s (ingest.grouping.grace)"
            .formatted(Instant.ofEpochMilli(time), Instant.ofEpochMilli(end)));
  }

  private void close(String slot, long now) {
    OpenTask open = store.open(slot);
    if (open != null) {
      closer.close(slot, open, by(), now);
    }
  }

  private ClosedBy by() {
    return GroupingRules.cut(rules);
  }

  /** Two sessions turn out to be one; where they do not fit together each stays a task. */
  private void merge(String from, String into, long now) {
    OpenTask moved = store.open(from);
    OpenTask first = store.open(into);
    if (moved == null) {
      return;
    }
    boolean fits =
        first != null
            && first.taskId() == null
            && moved.taskId() == null
            && first.signature().equals(moved.signature())
            && first.count() + moved.count() <= most;
    if (!fits || first == null) {
      closer.close(from, moved, by(), now);
      return;
    }
    List<BufferedExample> examples = store.examples(from, moved.count());
    store.removeExamples(from, moved.count());
    store.removeOpen(from);
    for (int i = 0; i < examples.size(); i++) {
      store.putExample(into, first.count() + i, examples.get(i));
    }
    store.putOpen(into, first.plus(moved));
  }
}
