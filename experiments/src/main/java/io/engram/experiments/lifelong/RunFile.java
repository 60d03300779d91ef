package io.engram.experiments.lifelong;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finished runs, one JSON object a line, so that an interrupted bench goes on where it was. Thread-safe.
 *
 * @param <T> a record of what a run came to and of all that it depends on
 */
final class RunFile<T> {

  private final Path file;
  private final Class<T> kind;
  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();
  private final List<T> done = new ArrayList<>();

  RunFile(Path file, Class<T> kind) throws IOException {
    this.file = file;
    this.kind = kind;
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return;
    }
    String written = Files.readString(file);
    written.lines().forEach(line -> parse(line).ifPresent(done::add));
    if (!written.isEmpty() && !written.endsWith("\n")) {
      append(""); // or the next run would be lost behind the one that was cut off
    }
  }

  /** Empty for a run that was cut off while it was written, or that measured less than is asked for now: it is done again. */
  private Optional<T> parse(String line) {
    try {
      return Optional.of(json.readValue(line, kind));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The outcome of an earlier run that was the same, if there was one. */
  synchronized Optional<T> find(Predicate<T> same) {
    return done.stream().filter(same).findFirst();
  }

  synchronized void add(T outcome) {
    done.add(outcome);
    try {
      append(json.writeValueAsString(outcome));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
