package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What a session leaves in its directory, up to date after every step: a table, JSON, and all that was said. */
final class Results implements AutoCloseable {

  private final Path table;
  private final CaseFile cases;
  private final BufferedWriter log;
  private final Consumer<String> progress;

  Results(Path directory, Consumer<String> progress) {
    this.table = directory.resolve("device.txt");
    this.cases = new CaseFile(directory.resolve("device.json"), "device", Machine.here());
    this.progress = progress;
    try {
      this.log = Files.newBufferedWriter(directory.resolve("device.log"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + directory, e);
    }
  }

  synchronized void say(String line) {
    progress.accept(line);
    try {
      log.write(line);
      log.newLine();
      log.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the log", e);
    }
  }

  void add(List<Case> lines) {
    cases.addAll(lines);
    try {
      Files.writeString(table, report().table() + "\n" + FigureTable.of(report().cases()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + table, e);
    }
  }

  BenchReport report() {
    return cases.report();
  }

  @Override
  public void close() {
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the log", e);
    }
  }
}
