package io.engram.cli.source.csv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that were sent, to be known again when a later start passes over them.
 *
 * @param from where in the sequence of all that was sent its first row stands
 * @param rows how many
 * @param digest of them, 8 hexadecimal digits
 */
record SentRows(long from, long rows, String digest) {

  /** Its name in a state directory. */
  static final String FILE = "rows-sent.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sums rows up, one after another. Owned by one thread. */
  static final class Sum {
    private final CRC32C digest = new CRC32C();
    private long rows;

    void add(Lines.Line line) {
      rows++;
      digest.update(line.bytes());
      digest.update('\n');
    }

    SentRows from(long first) {
      return new SentRows(first, rows, digest());
    }

    private String digest() {
      return "%08x".formatted(digest.getValue());
    }

    /** Whether the rows so far are those that were sent. */
    boolean is(SentRows sent) {
      return rows == sent.rows && digest().equals(sent.digest);
    }

    /**
     * Stops where the rows are as many as were sent, but others.
     *
     * @throws SourceException saying what to do
     */
    void require(@Nullable SentRows sent, String table) {
      if (sent != null && sent.rows == rows && !is(sent)) {
        throw others(table, rows);
      }
    }

    /**
     * Stops where there are fewer rows than were sent.
     *
     * @throws SourceException saying what to do
     */
    void requireAtLeast(long sent, String table) {
      if (rows < sent) {
        throw new SourceException(
            "%s has %,d rows, but %,d were sent from it before, so this state cannot go on behind them; %s"
                .formatted(table, rows, sent, WAYS_OUT));
      }
    }
  }

  private static final String WAYS_OUT =
      "append new rows to the old ones, say --set source.csv.input-continues=true to learn from these behind the old ones, or start afresh with --state DIR";

  /** Rows are others than those that were sent. */
  static SourceException others(String table, long rows) {
    return new SourceException(
        "%s no longer begins with the %,d rows that were sent from it, so this state cannot go on behind them; %s"
            .formatted(table, rows, WAYS_OUT));
  }

  /** What an earlier start wrote down, or null. */
  static @Nullable SentRows read(@Nullable Path state) {
    Path file = state == null ? null : state.resolve(FILE);
    if (file == null || !Files.exists(file)) {
      return null;
    }
    try {
      ObjectNode read = JSON.readValue(Files.readString(file), ObjectNode.class);
      return new SentRows(
          read.path("from").asLong(), read.path("rows").asLong(), read.path("digest").asText());
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Writes it down, whole or not at all. */
  void write(Path state) {
    Path file = state.resolve(FILE);
    Path fresh = state.resolve(FILE + ".new");
    try {
      Files.writeString(
          fresh,
          JSON.createObjectNode().put("from", from).put("rows", rows).put("digest", digest) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SourceException("cannot write %s: %s".formatted(file, e), e);
    }
  }
}
