package io.engram.core.continual;

/**
 * An example in memory.
 *
 * @param example as it came
 * @param logits [outputs] what the learner answered when it was kept, or empty if it does not need to know
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
public record Kept(StreamExample example, float[] logits) {}
