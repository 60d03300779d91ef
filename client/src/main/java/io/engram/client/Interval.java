package io.engram.client;

/**
 * Between which numbers the truth is expected, with the answer in the middle. All on the scale of the support set's targets.
 *
 * @param lower [outputs]
 * @param answer [outputs]
 * @param upper [outputs]
 * @param level the share of truths that such intervals covered of late, where tasks are like those of before
 */
@SuppressWarnings("ArrayRecordComponent") // one answer, never compared
public record Interval(float[] lower, float[] answer, float[] upper, double level) {}
