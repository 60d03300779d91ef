package io.engram.ingest;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record of {@code examples} as it stands in the log. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record InputRecord(
    byte @Nullable [] key, byte @Nullable [] value, Headers headers, long offset, long timestamp) {}
