package io.engram.core.learning;

/**
 * Where all randomness comes from.
 *
 * @param seed root of it
 * @param by what a task's random draws follow from
 */
public record Draws(long seed, DrawBy by) {}
