package io.engram.benchmarks.lifelong;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finished runs, one JSON object a line, so that an interrupted bench goes on where it was. A run counts as done only with the same
 * settings, seed and test set. Thread-safe.
 */
final class RunFile {

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Outcome> done = new ArrayList<>();

  RunFile(Path file) throws IOException {
    this.file = file;
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

  /** Empty for a run that was cut off while it was written: it is done again. */
  private Optional<Outcome> parse(String line) {
    try {
      return Optional.of(json.readValue(line, Outcome.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The outcome of an earlier run by the same settings, if there was one. */
  synchronized Optional<Outcome> find(
      Contestant contestant, Protocol protocol, long seed, int tested) {
    String settings = contestant.choose(protocol).toString();
    return done.stream()
        .filter(
            run ->
                run.learner().equals(contestant.label())
                    && run.settings().equals(settings)
                    && run.protocol().equals(protocol.label)
                    && run.seed() == seed
                    && run.tested() == tested)
        .findFirst();
  }

  synchronized void add(Outcome outcome) throws IOException {
    done.add(outcome);
    append(json.writeValueAsString(outcome));
  }

  private void append(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
