package io.engram.benchmarks.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A small disk of one role, in memory; only root may have one. */
final class Volume implements AutoCloseable {

  private static final String SIZE = "size=256m";
  private static final int BLOCK = 1 << 16;

  private final Path directory;
  private final Role role;

  private Volume(Path directory, Role role) {
    this.directory = directory;
    this.role = role;
  }

  /** Whether this user may mount at all. */
  static boolean possible() {
    return run("sh", "-c", "test \"$(id -u)\" = 0 && command -v mount > /dev/null");
  }

  /**
   * Mounts one.
   *
   * @throws IllegalStateException if it may not
   */
  static Volume mount(Path directory, Role role) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString())) {
      throw new IllegalStateException("nothing can be mounted at " + directory);
    }
    return new Volume(directory, role);
  }

  Role role() {
    return role;
  }

  /** Leaves not a byte. */
  void fill() {
    for (int size = BLOCK; size >= 1; size /= 16) {
      fill(new byte[size]);
    }
  }

  /** Until no more of these fit. */
  private void fill(byte[] block) {
    boolean room = true;
    while (room) {
      try (OutputStream out =
          Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(block);
      } catch (IOException full) {
        room = false;
      }
    }
  }

  void free() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    run("umount", "-l", directory.toString());
  }
}
