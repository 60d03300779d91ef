package io.engram.core.guard;

/**
 * How far a task lies from all others in one column.
 *
 * @param value its value farthest out
 * @param deviations how far that is; or of a column that never varied, how far in units of its size
 * @param absurd whether nothing is to be learned from it
 * @param shifted whether most of its rows lie far out, as after a change of everything, and not single ones
 */
record Far(int column, float value, double deviations, boolean absurd, boolean shifted) {}
