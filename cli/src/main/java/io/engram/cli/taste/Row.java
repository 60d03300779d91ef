package io.engram.cli.taste;

/**
 * One row of a table, as it is learned from.
 *
 * @param inputs one for each feature
 * @param label a number, or the index of a class
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
record Row(String key, float[] inputs, float label) {}
