package io.engram.ingest.domain;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key's open task, beside its examples; immutable. Times in milliseconds.
 *
 * @param taskId the producer's, null where it gave none
 * @param count examples taken; they stand in the buffer at 0 … count−1
 * @param bytes what they will need in the task, at 4 bytes a number
 * @param lastEventTime event time of the last example
 * @param lastArrival when it was processed, on the clock
 * @param firstEventTime event time of the first example; {@link #UNKNOWN} where nobody asks for a task's age
 */
public record OpenTask(
    @Nullable String taskId,
    TaskSignature signature,
    int count,
    long bytes,
    long lastEventTime,
    long lastArrival,
    long firstEventTime) {

  /** No time. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** Of an age that nobody asks for. */
  public OpenTask(
      @Nullable String taskId,
      TaskSignature signature,
      int count,
      long bytes,
      long lastEventTime,
      long lastArrival) {
    this(taskId, signature, count, bytes, lastEventTime, lastArrival, UNKNOWN);
  }

  static OpenTask of(@Nullable String taskId, TaskSignature signature) {
    return new OpenTask(taskId, signature, 0, 0, 0, 0);
  }

  /** With an age, from an example on. */
  OpenTask bornAt(long eventTime) {
    return new OpenTask(taskId, signature, count, bytes, lastEventTime, lastArrival, eventTime);
  }

  OpenTask plus(long exampleBytes, long eventTime, long arrival) {
    return new OpenTask(
        taskId, signature, count + 1, bytes + exampleBytes, eventTime, arrival, firstEventTime);
  }

  /** With the examples of another one of the same signature behind its own. */
  OpenTask plus(OpenTask other) {
    return new OpenTask(
        taskId,
        signature,
        count + other.count,
        bytes + other.bytes,
        Math.max(lastEventTime, other.lastEventTime),
        Math.max(lastArrival, other.lastArrival),
        firstEventTime);
  }

  /** Of its first examples alone. */
  OpenTask first(int examples, long bytesOfOthers) {
    return new OpenTask(
        taskId,
        signature,
        examples,
        bytes - bytesOfOthers,
        lastEventTime,
        lastArrival,
        firstEventTime);
  }

  boolean olderThan(Optional<Duration> age, long eventTime) {
    return age.isPresent()
        && firstEventTime != UNKNOWN
        && eventTime - firstEventTime >= age.get().toMillis();
  }
}
