package io.engram.predict.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the questions of one partition since its log began. One thread writes, any may read. */
public final class LiveCounts {

  /** What is counted. */
  public enum Count {
    /** Answered, with an answer. */
    ANSWERED,
    /** Answered with the reason why there is no answer. */
    UNANSWERABLE,
    /** Of the answered ones, those that rest on no labeled example of their key. */
    WITHOUT_SUPPORT,
    /** Asked a second time, and answered once. */
    ASKED_AGAIN,
    /** Remembered until their label has come and their time is over. */
    OPEN,
    /** Of those, the ones that wait for the first version. */
    WAITING,
    /** Labels that came and were compared with the answer given. */
    SCORED,
    /** Of those, the ones where what the simple thing would have answered is known too. */
    SCORED_SIMPLE,
    /** Labels that came for a question that had another one. */
    CORRECTED,
    /** Questions whose label did not come in time. */
    EXPIRED,
    /** Labels whose question did not come in time. */
    UNMATCHED,
    /** Labels that cannot be read. */
    BAD_LABELS;

    /** As it is stored. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is summed up. */
  public enum Sum {
    /** Scores of the answers given. */
    SCORE,
    /** Scores of the answers given where those of the simple thing are known. */
    SCORE_BESIDE_SIMPLE,
    /** Scores of what the simple thing would have answered. */
    SIMPLE_SCORE;

    /** As it is stored. */
    public String word() {
      return "sum/" + name().toLowerCase(Locale.ROOT);
    }
  }

  private final KeyScores keys = new KeyScores();
  private final Map<Count, AtomicLong> counts;
  private final Map<Sum, AtomicLong> sums;

  public LiveCounts() {
    Map<Count, AtomicLong> zeros = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      zeros.put(count, new AtomicLong());
    }
    Map<Sum, AtomicLong> none = new EnumMap<>(Sum.class);
    for (Sum sum : Sum.values()) {
      none.put(sum, new AtomicLong());
    }
    this.counts = Collections.unmodifiableMap(zeros);
    this.sums = Collections.unmodifiableMap(none);
  }

  /** By key; not kept with the rest. */
  KeyScores keys() {
    return keys;
  }

  public long of(Count count) {
    return atomic(count).get();
  }

  public double of(Sum sum) {
    return Double.longBitsToDouble(atomic(sum).get());
  }

  /** The count itself; for whoever keeps it. */
  public AtomicLong atomic(Count count) {
    return Objects.requireNonNull(counts.get(count));
  }

  /** The bits of the sum; for whoever keeps it. */
  public AtomicLong atomic(Sum sum) {
    return Objects.requireNonNull(sums.get(sum));
  }

  void add(Count count, long more) {
    atomic(count).addAndGet(more);
  }

  void add(Sum sum, double more) {
    atomic(sum).set(Double.doubleToLongBits(of(sum) + more));
  }
}
