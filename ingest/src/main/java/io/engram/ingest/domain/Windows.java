package io.engram.ingest.domain;

import io.engram.ingest.domain.EventTimes.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which window an example belongs to, and which ones it closes. Pure. */
final class Windows {

  /** Where an example goes. */
  sealed interface Place {

    /**
     * Into a window.
     *
     * @param slot its own
     * @param merged windows that the example joins to it, to be emptied into it
     * @param over windows that are over, in order
     * @param after where the key stands then
     */
    record In(long slot, List<Span> merged, List<Span> over, EventTimes after) implements Place {}

    /** Nowhere: its window was closed.
     *
     * @param end of what was closed
     */
    record Late(long end) implements Place {}
  }

  private final WindowRules rules;
  private final long length;

  Windows(WindowRules rules) {
    this.rules = rules;
    this.length = rules.length().toMillis();
  }

  Place place(EventTimes times, long time) {
    return rules.kind() == WindowRules.Kind.SESSION ? session(times, time) : tumbling(times, time);
  }

  /** Where a late example goes by the rule; empty if nowhere. */
  Optional<Place.In> join(EventTimes times) {
    if (rules.late() == LateRule.REJECT) {
      return Optional.empty();
    }
    return Optional.of(
        times.open().isEmpty()
            ? (Place.In) place(times, times.closedUpTo())
            : new Place.In(
                times.open().get(times.open().size() - 1).slot(), List.of(), List.of(), times));
  }

  /** Where a key stands when one of its windows was closed. */
  static EventTimes closed(EventTimes times, long slot) {
    long upTo = times.closedUpTo();
    List<Span> left = new ArrayList<>();
    for (Span span : times.open()) {
      if (span.slot() == slot) {
        upTo = Math.max(upTo, span.to());
      } else {
        left.add(span);
      }
    }
    return new EventTimes(upTo, left);
  }

  private Place tumbling(EventTimes times, long time) {
    long from = Math.floorDiv(time, length) * length;
    if (from + length <= times.closedUpTo()) {
      return new Place.Late(times.closedUpTo());
    }
    return into(times, List.of(), new Span(from, from, from + length), time);
  }

  private Place session(EventTimes times, long time) {
    List<Span> joined =
        times.open().stream()
            .filter(span -> time > span.from() - length && time < span.to())
            .toList();
    if (joined.isEmpty()) {
      return time < times.closedUpTo()
          ? new Place.Late(times.closedUpTo())
          : into(times, List.of(), new Span(time, time, time + length), time);
    }
    Span first = joined.get(0);
    Span last = joined.get(joined.size() - 1);
    Span grown =
        new Span(first.slot(), Math.min(first.from(), time), Math.max(last.to(), time + length));
    return into(times, joined.subList(1, joined.size()), grown, time);
  }

  private Place into(EventTimes times, List<Span> merged, Span own, long time) {
    List<Span> over = new ArrayList<>();
    List<Span> open = new ArrayList<>(List.of(own));
    long upTo = times.closedUpTo();
    for (Span span : times.open()) {
      if (span.slot() == own.slot() || merged.contains(span)) {
        continue;
      }
      if (span.to() + rules.grace().toMillis() <= time) {
        over.add(span);
        upTo = Math.max(upTo, span.to());
      } else {
        open.add(span);
      }
    }
    open.sort(Comparator.comparingLong(Span::from));
    return new Place.In(own.slot(), merged, over, new EventTimes(upTo, open));
  }
}
