package io.engram.ingest.domain;

import java.util.List;

/**
 * An accepted example that waits for its task to be closed, just as it came, so that it can still be rejected byte for byte.
 *
 * @param offset in the partition of {@code examples}
 * @param timestamp event time in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BufferedExample(
    byte[] value, List<RecordHeader> headers, long offset, long timestamp) {}
