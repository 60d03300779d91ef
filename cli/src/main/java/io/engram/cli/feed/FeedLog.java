package io.engram.cli.feed;

import io.engram.cli.source.SourceRecord;
import java.time.Duration;

/**
 * Where a source's records go, transaction by transaction.
 *
 * <p><b>Threading:</b> one thread at a time. <b>Exclusiveness:</b> opening it takes the stream over from every feed before, and ends what
 * that left open. <b>Durability:</b> when {@link #commit} returns, all of the transaction can be read, and nothing of one that is not
 * committed ever. <b>Idempotence:</b> none: a record is sent once, and {@link #next} says from where on. <b>Failure:</b> any exception is
 * for good; the next start goes on from what was committed.
 */
public interface FeedLog {

  /** The first index that was never committed. */
  long next();

  /** Whether the source was said to end at {@link #next}. */
  boolean ended();

  /** Begins a transaction. */
  void begin();

  /** Sends a record with its index; what becomes of it is learned from the commit. */
  void send(SourceRecord record);

  /**
   * Says, behind all that was sent, that the source has ended.
   *
   * @param records that it had in all
   */
  void end(long records);

  /** Makes all that was sent since {@link #begin} visible. */
  void commit();

  /** Lets go, and waits for no longer than this. An open transaction is ended by the next start. */
  void close(Duration patience);
}
