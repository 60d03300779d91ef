package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;

/**
 * What becomes of examples that fit in nowhere.
 *
 * @param tooSmall a task that is to be closed with too few
 * @param withoutKey the key of records that have none, with the partition behind it; empty: they are rejected
 * @param rememberedIds how many ids of a key are remembered, so that an example that comes twice is counted once; 0 for none
 */
public record Strays(TooSmall tooSmall, String withoutKey, int rememberedIds) {

  private static final int LONGEST_NAME = 200;

  /** So that what is remembered of a key stays small enough to be written again with every example. */
  private static final int MOST_IDS = 10_000;

  public Strays {
    require(
        withoutKey.length() <= LONGEST_NAME,
        "grouping.without-key",
        "'" + withoutKey + "'",
        "at most %d characters".formatted(LONGEST_NAME));
    require(
        rememberedIds >= 0 && rememberedIds <= MOST_IDS,
        "grouping.remembered-ids",
        rememberedIds,
        "0 to " + MOST_IDS);
  }

  /** What is too small waits; a key there must be; ids are as they are. */
  public static Strays defaults() {
    return new Strays(TooSmall.MERGE, "", 0);
  }

  /** The same with another rule for what is too small. */
  public Strays with(TooSmall other) {
    return new Strays(other, withoutKey, rememberedIds);
  }
}
