package io.engram.ingest.kafka.rejected;

/**
 * What a replay did.
 *
 * @param sent records that were sent again
 * @param before records that an earlier replay went through
 * @param triedOften records that stay because they were tried often enough
 * @param noTopic records that came from no topic, such as rows of a file
 * @param nothingLeft records of forgotten keys, of which nothing is kept
 * @param badStill records that the fix cannot read either
 * @param firstBad what is wrong with the first of those; empty if there is none
 */
public record Replayed(
    long sent,
    long before,
    long triedOften,
    long noTopic,
    long nothingLeft,
    long badStill,
    String firstBad) {

  /** What came twice and was counted once needs no replay. */
  static final String DUPLICATE = "duplicate";

  /** Counts. For one thread. */
  static final class Counting {
    private long sent;
    private long before;
    private long triedOften;
    private long noTopic;
    private long nothingLeft;
    private long badStill;
    private String firstBad = "";

    void sent() {
      sent++;
    }

    void before() {
      before++;
    }

    void triedOften() {
      triedOften++;
    }

    void noTopic() {
      noTopic++;
    }

    void nothingLeft() {
      nothingLeft++;
    }

    void badStill(String reason) {
      firstBad = badStill == 0 ? reason : firstBad;
      badStill++;
    }

    Replayed result() {
      return new Replayed(sent, before, triedOften, noTopic, nothingLeft, badStill, firstBad);
    }
  }
}
