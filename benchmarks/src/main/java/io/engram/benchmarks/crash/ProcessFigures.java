package io.engram.benchmarks.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process takes of the machine, read from Linux' {@code /proc}. */
public final class ProcessFigures {

  private static final long KILOBYTE = 1024;

  private final Path proc;

  /**
   * Of a process that runs.
   *
   * @throws IllegalStateException if there is no such process, or no {@code /proc}
   */
  public ProcessFigures(long pid) {
    this.proc = Path.of("/proc", Long.toString(pid));
    if (!Files.isDirectory(proc)) {
      throw new IllegalStateException("there is no " + proc + ": this bench needs Linux");
    }
  }

  /**
   * Memory that is its own and in RAM.
   *
   * @throws UncheckedIOException if it has ended
   */
  public long residentBytes() {
    try (Stream<String> lines = Files.lines(proc.resolve("status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          * KILOBYTE;
    } catch (IOException e) {
      throw new UncheckedIOException("the process has ended", e);
    }
  }

  /** File handles on what lies below a directory, and all others. */
  OpenFiles openFiles(Path directory) {
    long within = 0;
    long all = 0;
    try (DirectoryStream<Path> handles = Files.newDirectoryStream(proc.resolve("fd"))) {
      for (Path handle : handles) {
        all++;
        within += target(handle).startsWith(directory) ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the process has ended", e);
    }
    return new OpenFiles(within, all - within);
  }

  /** Numbers of file handles. */
  record OpenFiles(long within, long others) {}

  /** What a handle is open on; itself where it was closed meanwhile. */
  private static Path target(Path handle) {
    try {
      return Files.readSymbolicLink(handle);
    } catch (IOException e) {
      return handle;
    }
  }

  long threads() {
    return count(proc.resolve("task"));
  }

  private static long count(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException("the process has ended", e);
    }
  }
}
