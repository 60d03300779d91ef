package io.engram.client;

import java.time.Instant;

/**
 * An update that was not taken; the model held before it stays.
 *
 * @param version 0 where it is not known
 * @param candidateId empty where it is not known
 * @param offset of the record on {@code model-updates} at which it showed
 * @param reason what was found and what was expected
 */
public record RefusedUpdate(
    String modelName, long version, String candidateId, long offset, String reason, Instant at) {}
