package io.engram.learner.agent;

import org.jspecify.annotations.Nullable;

/**
 * The learner's line of candidates, as far as it has come. Part of every commit, so that a candidate that a crash kept from being
 * published is published by the next start, the same to the byte.
 *
 * @param candidateId the newest candidate; null before the first
 * @param parentId the one before it; null for the first
 */
public record Publication(@Nullable String candidateId, @Nullable String parentId) {

  /** Nothing was published yet. */
  public static final Publication NONE = new Publication(null, null);

  Publication next(String id) {
    return new Publication(id, candidateId);
  }
}
