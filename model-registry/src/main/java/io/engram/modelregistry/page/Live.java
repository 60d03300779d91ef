package io.engram.modelregistry.page;

import org.jspecify.annotations.Nullable;

/**
 * The answers really given.
 *
 * @param answered so many
 * @param scored of those, the ones whose label has come
 * @param score mean score of those; null while there is none
 */
public record Live(long answered, long scored, @Nullable Double score) {}
