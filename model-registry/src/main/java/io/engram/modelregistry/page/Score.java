package io.engram.modelregistry.page;

/**
 * A mean score.
 *
 * @param key as in the metrics of a version, without {@code prequential.}
 * @param words what it is called
 * @param value finite
 */
public record Score(String key, String words, double value) {}
