package io.engram.learner.agent;

/** Ids of candidates: the group they were made after, and the beginning of their parameters' sha256. */
public final class CandidateIds {

  private static final int DIGITS = 12;

  private CandidateIds() {}

  static String of(long groups, String sha256) {
    return "%d-%s".formatted(groups, sha256.substring(0, DIGITS));
  }

  /** The group count in an id; 0 if it has none. */
  public static long groups(String id) {
    int dash = id.indexOf('-');
    try {
      return Long.parseLong(id.substring(0, Math.max(0, dash)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
