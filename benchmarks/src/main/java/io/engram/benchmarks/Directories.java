package io.engram.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Where a bench leaves its files while it runs. */
public final class Directories {

  private Directories() {}

  /** A new one. */
  public static Path temporary() {
    try {
      return Files.createTempDirectory("engram-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary directory cannot be written to", e);
    }
  }

  /** Deletes it with all that is in it. */
  public static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be deleted", e);
    }
  }

  /** Bytes of all files below a directory, which may be in use: those that vanish meanwhile count nothing. */
  public static long bytes(Path directory) {
    AtomicLong bytes = new AtomicLong();
    FileVisitor<Path> sum =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException vanished) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(directory, sum);
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be looked through", e);
    }
    return bytes.get();
  }
}
