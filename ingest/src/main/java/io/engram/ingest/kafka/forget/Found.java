package io.engram.ingest.kafka.forget;

/**
 * What a topic holds of a key.
 *
 * @param topic its name
 * @param records that were read
 * @param ofKey of those, the key's own
 * @param bytes of those, keys and values
 */
public record Found(String topic, long records, long ofKey, long bytes) {}
