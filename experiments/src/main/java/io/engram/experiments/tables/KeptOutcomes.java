package io.engram.experiments.tables;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Outcomes as files of a directory, so that a bench that was cut short goes on with the streams it has not done. */
final class KeptOutcomes {

  private final @Nullable Path directory;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Those of a directory.
   *
   * @param directory null to keep nothing
   */
  KeptOutcomes(@Nullable Path directory) {
    this.directory = directory;
  }

  /** Fills in what an earlier run with the same settings found of the stream; false where there was none. */
  boolean fill(Outcome outcome, int rows, int every) {
    if (directory == null || !Files.exists(file(directory, outcome, rows, every))) {
      return false;
    }
    try {
      outcome.take(
          json.readValue(file(directory, outcome, rows, every).toFile(), Outcome.Kept.class));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "what was kept of %s in %s cannot be read; delete it"
              .formatted(outcome.stream().name(), directory),
          e);
    }
  }

  /** Keeps it, whole or not at all. */
  void keep(Outcome outcome, int rows, int every) {
    if (directory == null) {
      return;
    }
    try {
      Files.createDirectories(directory);
      Path part = Files.createTempFile(directory, "outcome", ".part");
      json.writeValue(part.toFile(), outcome.kept());
      Files.move(part, file(directory, outcome, rows, every), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the outcome could not be kept in " + directory, e);
    }
  }

  private static Path file(Path directory, Outcome outcome, int rows, int every) {
    return directory.resolve("%s-%d-%d.json".formatted(outcome.stream().name(), rows, every));
  }
}
