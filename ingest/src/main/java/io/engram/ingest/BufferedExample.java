package io.engram.ingest;

import org.apache.kafka.common.header.Headers;

/**
 * An accepted example that waits for its task to be closed, just as it came, so that it can still be rejected byte for byte.
 *
 * @param offset in the partition of {@code examples}
 * @param timestamp event time in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BufferedExample(byte[] value, Headers headers, long offset, long timestamp) {}
