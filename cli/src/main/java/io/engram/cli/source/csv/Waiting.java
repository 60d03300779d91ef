package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.util.Queue;
import java.util.function.Consumer;

/** Collects the first rows of a pipe, and says so while they are slow to come. */
final class Waiting {

  private static final long MILLIS_BETWEEN_LOOKS = 50;
  private static final long MILLIS_BETWEEN_WORDS = 5000;

  private final Lines lines;
  private final int rows;
  private final Consumer<String> progress;
  private long silent;

  /**
   * @param rows how many are wanted
   * @param progress told how many have come
   */
  Waiting(Lines lines, int rows, Consumer<String> progress) {
    this.lines = lines;
    this.rows = rows;
    this.progress = progress;
  }

  /** Until the header is there, or the end. */
  void header() {
    await("waiting for a header");
  }

  /** Until there are enough, or the end is there. */
  void collect(Queue<Lines.Line> into) {
    while (into.size() < rows) {
      await(
          "waiting for rows: %,d of %,d looked at (source.csv.look-ahead)"
              .formatted(into.size(), rows));
      Lines.Line line = lines.next();
      if (line == null) {
        return;
      }
      into.add(line);
    }
  }

  private void await(String words) {
    while (!lines.ready()) {
      try {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SourceException("interrupted while waiting for the first rows", e);
      }
      silent += MILLIS_BETWEEN_LOOKS;
      if (silent % MILLIS_BETWEEN_WORDS == 0) {
        progress.accept(words);
      }
    }
  }
}
