package io.engram.experiments.lifelong.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sittings, one JSON object a line. Those of an interrupted bench are taken as they are if they depend on the same. */
final class SittingFile {

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Sitting> sittings = new ArrayList<>();

  SittingFile(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      String text = Files.exists(file) ? Files.readString(file) : "";
      text.lines().forEach(this::parse);
      if (!text.isEmpty() && !text.endsWith("\n")) {
        append("\n"); // the last line was cut off
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the sittings in " + file, e);
    }
  }

  /** A line that was cut off while it was written is a sitting that is sat again. */
  private void parse(String line) {
    try {
      sittings.add(json.readValue(line, Sitting.class));
    } catch (JsonProcessingException e) {
      return;
    }
  }

  /** Those of a run, by exam. */
  List<Sitting> of(String run, Arm arm, long seed) {
    Sitting.Examinee examinee = new Sitting.Examinee(run, arm.label(), seed);
    return sittings.stream()
        .filter(sitting -> sitting.examinee().equals(examinee))
        .sorted(Comparator.comparingInt(Sitting::exam))
        .toList();
  }

  void add(Sitting sitting) {
    sittings.add(sitting);
    try {
      append(json.writeValueAsString(sitting) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + file, e);
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
