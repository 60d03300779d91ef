package io.engram.ingest.kafka;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A decoder that never says "not now": it asks again until it knows. Nothing is rejected meanwhile, and nothing is passed over. A thread of Kafka
 * Streams that waits longer than a transaction may last loses it, and goes on from what was committed at last.
 */
public final class WaitingDecoder implements ExampleDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingDecoder.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final ExampleDecoder decoder;
  private final Map<Thread, String> waiting = new ConcurrentHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** What ends the waiting of a thread when all is to end. */
  static final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Stopped(String reason) {
      super("stopped while it waited: " + reason);
    }
  }

  public WaitingDecoder(ExampleDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Decoded decode(ExampleRecord record) {
    Decoded decoded = decoder.decode(record);
    return decoded instanceof Decoded.NotNow later ? waited(record, later) : decoded;
  }

  /** What is waited for; empty while nothing is. */
  public Optional<String> waitingFor() {
    return waiting.values().stream().findFirst();
  }

  /** Ends all waiting; whoever waits gets an exception. */
  public void stop() {
    stopped.countDown();
  }

  private Decoded waited(ExampleRecord record, Decoded.NotNow first) {
    LOG.warn("the record at {} waits: {}", record.place(), first.reason());
    Decoded decoded = first;
    try {
      for (long pause = FIRST_PAUSE_MILLIS;
          decoded instanceof Decoded.NotNow later;
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
        waiting.put(Thread.currentThread(), later.reason());
        if (stopped.await(pause, TimeUnit.MILLISECONDS)) {
          throw new Stopped(later.reason());
        }
        decoded = decoder.decode(record);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped(first.reason());
    } finally {
      waiting.remove(Thread.currentThread());
    }
    LOG.info("the record at {} goes on", record.place());
    return decoded;
  }
}
