package io.engram.benchmarks.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Figures as they come, kept in a file that is whole at every moment: a step that is killed leaves what it had. */
final class CaseFile {

  private final Path file;
  private final String bench;
  private final Machine machine;
  private final List<Case> cases = new ArrayList<>();

  CaseFile(Path file, String bench, Machine machine) {
    this.file = file;
    this.bench = bench;
    this.machine = machine;
  }

  void add(Case line) {
    addAll(List.of(line));
  }

  void addAll(List<Case> lines) {
    cases.addAll(lines);
    write();
  }

  /** Puts these in the place of all there are. */
  void set(List<Case> lines) {
    cases.clear();
    addAll(lines);
  }

  BenchReport report() {
    return new BenchReport(bench, machine, cases);
  }

  /** The figures in a file; none where there is no file. */
  static List<Case> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return new ObjectMapper().readValue(file.toFile(), BenchReport.class).cases();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the figures in " + file, e);
    }
  }

  private void write() {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.writeString(partial, report().json() + "\n");
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the figures to " + file, e);
    }
  }
}
