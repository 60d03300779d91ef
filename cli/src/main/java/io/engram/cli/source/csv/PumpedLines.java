package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a stream that somebody else is still writing. A thread of its own opens it and waits for them, since only a read that returns
 * can tell an end from a pause.
 */
final class PumpedLines implements Lines {

  private static final int AHEAD = 4096;

  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(AHEAD);
  private final Supplier<Lines> opener;
  private volatile @Nullable Lines lines;
  private boolean ended;

  /** What the thread has read. */
  private sealed interface Arrival {
    record Row(Line line) implements Arrival {}

    record End() implements Arrival {}

    record Failure(SourceException cause) implements Arrival {}
  }

  PumpedLines(Supplier<Lines> opener) {
    this.opener = opener;
    Thread thread = new Thread(this::pump, "engram-stdin");
    thread.setDaemon(true); // a read from the standard input cannot be interrupted
    thread.start();
  }

  @Override
  public @Nullable Line next() {
    if (ended) {
      return null;
    }
    Arrival arrival = take();
    if (arrival instanceof Arrival.Row row) {
      return row.line;
    }
    ended = true;
    if (arrival instanceof Arrival.Failure failure) {
      throw failure.cause;
    }
    return null;
  }

  @Override
  public char delimiter() {
    Lines opened = lines;
    return opened == null ? ',' : opened.delimiter();
  }

  @Override
  public List<String> remarks() {
    Lines opened = lines;
    return opened == null ? List.of() : opened.remarks();
  }

  @Override
  public boolean ready() {
    return ended || !arrivals.isEmpty();
  }

  @Override
  public void close() {
    // The thread may be waiting in a read for ever; it ends with the process.
  }

  private Arrival take() {
    try {
      return arrivals.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("interrupted while waiting for the next row", e);
    }
  }

  private void pump() {
    try {
      Arrival arrival;
      do {
        arrival = read();
        arrivals.put(arrival);
      } while (arrival instanceof Arrival.Row);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Arrival read() {
    try {
      Lines opened = lines;
      if (opened == null) {
        opened = opener.get();
        lines = opened;
      }
      Line line = opened.next();
      return line == null ? new Arrival.End() : new Arrival.Row(line);
    } catch (SourceException e) {
      return new Arrival.Failure(e);
    }
  }
}
