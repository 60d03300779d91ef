package io.engram.cli.columns;

/**
 * Missing values.
 *
 * @param fate what becomes of a row that lacks a feature
 * @param marks by which they are known
 */
public record Blanks(Missing fate, Marks marks) {}
