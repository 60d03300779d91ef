package io.engram.ingest.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of {@code examples} as it stands in the log. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InputRecord(
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers,
    long offset,
    long timestamp) {}
