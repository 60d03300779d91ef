package io.engram.ingest.domain;

import io.engram.schemas.avro.LabeledExample;

/**
 * An accepted example, decoded, with its place in the log.
 *
 * @param offset in its partition
 * @param timestamp event time in milliseconds
 */
record PlacedExample(LabeledExample example, long offset, long timestamp) {}
