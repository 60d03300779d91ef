package io.engram.cli.feed;

/**
 * How a source is sent.
 *
 * @param batch records in one transaction
 * @param maxAhead records the feed may be ahead of what was consumed
 * @param closeAtEnd whether it says, behind the last record, that the source has ended: what is open then is closed and learned from
 */
public record FeedConfig(int batch, long maxAhead, boolean closeAtEnd) {

  public FeedConfig {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, found " + batch);
    }
    if (maxAhead < batch) {
      throw new IllegalArgumentException(
          "max-ahead must be at least the batch of %d, found %d".formatted(batch, maxAhead));
    }
  }
}
