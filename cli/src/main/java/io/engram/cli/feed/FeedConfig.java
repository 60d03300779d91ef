package io.engram.cli.feed;

/**
 * How a source is sent.
 *
 * @param batch records in one transaction
 * @param maxAhead records the feed may be ahead of what was consumed
 */
public record FeedConfig(int batch, long maxAhead) {

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
