package io.engram.learner.agent;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the learner's thread spends its time on. One thread writes, any may read. */
public final class Phases {

  /** A part of the duty cycle. */
  public enum Phase {
    /** Bytes of a task read and checked. */
    SHOW,
    /** Of tasks: scored before they are learned from. */
    SCORE,
    /** Of tasks: replay drawn and read, the meta-batch made. */
    DRAW,
    /** Of tasks: adapted to, and the meta-gradient taken: one call of the engine. */
    GRADIENT,
    /** Of tasks: θ moved. */
    OUTER,
    /** The rest of what is decided about a group, such as what is remembered; learners of single examples and of tables do all of it here. */
    LEARN,
    /** A version examined and made. */
    EXAMINE,
    /** The group committed to the store. */
    STORE,
    /** A version written to Kafka. */
    PUBLISH;

    /** As a label has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Phase, Sum> sums = new EnumMap<>(Phase.class);

  /** So often, and so long in all. */
  private record Sum(LongAdder times, LongAdder nanos) {}

  Phases() {
    for (Phase phase : Phase.values()) {
      sums.put(phase, new Sum(new LongAdder(), new LongAdder()));
    }
  }

  /** Counts one that began at {@code since}, by {@link System#nanoTime}; what it gives is now. */
  long done(Phase phase, long since) {
    long now = System.nanoTime();
    Sum sum = of(phase);
    sum.times().increment();
    sum.nanos().add(now - since);
    return now;
  }

  /** How often. */
  public long times(Phase phase) {
    return of(phase).times().sum();
  }

  /** How long in all. */
  public double seconds(Phase phase) {
    return (double) of(phase).nanos().sum() / TimeUnit.SECONDS.toNanos(1);
  }

  private Sum of(Phase phase) {
    return Objects.requireNonNull(sums.get(phase));
  }
}
