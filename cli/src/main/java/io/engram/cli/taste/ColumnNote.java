package io.engram.cli.taste;

/**
 * What a column was taken for.
 *
 * @param taken in words, short
 */
record ColumnNote(String name, String taken) {}
