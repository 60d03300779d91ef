package io.engram.ingest.domain;

import org.jspecify.annotations.Nullable;

/** What a record brings beside key and value; kept so that it can be rejected with all it came with. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordHeader(String key, byte @Nullable [] value) {}
