package io.engram.ingest.domain;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a key's open task, beside its examples; immutable. Times in milliseconds.
 *
 * @param taskId the producer's, null where it gave none
 * @param count examples taken; they stand in the buffer at 0 … count−1
 * @param bytes what they will need in the task, at 4 bytes a number
 * @param lastEventTime event time of the last example
 * @param lastArrival when it was processed, on the clock
 */
public record OpenTask(
    @Nullable String taskId,
    TaskSignature signature,
    int count,
    long bytes,
    long lastEventTime,
    long lastArrival) {

  static OpenTask of(@Nullable String taskId, TaskSignature signature) {
    return new OpenTask(taskId, signature, 0, 0, 0, 0);
  }

  OpenTask plus(long exampleBytes, long eventTime, long arrival) {
    return new OpenTask(taskId, signature, count + 1, bytes + exampleBytes, eventTime, arrival);
  }
}
