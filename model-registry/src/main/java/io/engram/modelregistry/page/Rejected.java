package io.engram.modelregistry.page;

/**
 * One reason for which examples were rejected.
 *
 * @param reason a word, such as {@code not-a-number}
 * @param count how often
 * @param example what was said of the first; empty where that is not known
 */
public record Rejected(String reason, long count, String example) {}
