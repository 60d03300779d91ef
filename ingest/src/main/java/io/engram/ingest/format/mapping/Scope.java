package io.engram.ingest.format.mapping;

import io.engram.ingest.format.ExampleRecord;
import org.jspecify.annotations.Nullable;

/**
 * What paths lead through.
 *
 * @param record as it stands in the log
 * @param value the tree of its data
 * @param envelope what its envelope says about the data; null where there is none
 * @param key the tree of its key; null where no path needs it
 */
public record Scope(
    ExampleRecord record,
    @Nullable Object value,
    @Nullable Object envelope,
    @Nullable Object key) {}
