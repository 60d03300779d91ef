package io.engram.modelregistry.parameters;

import io.engram.schemas.ModelChunks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files named by the sha256 of their content. A file is there whole or not at all: it is written under another name and renamed.
 * It is not forced to the disk, since the topics hold the same bytes; what a power cut leaves damaged is noticed when it is
 * read, and counts as absent.
 *
 * <p>One thread writes; any thread may read. A registry that is being replaced may for a moment write into the same directory as the
 * one that replaces it: same names mean same bytes, so whichever comes last changes nothing.
 */
public final class ParameterStore {

  private static final Logger LOG = LoggerFactory.getLogger(ParameterStore.class);
  private static final String NAME = "[0-9a-f]{64}";
  private static final String PART = ".part";

  /** How often a file is written anew when a starting registry took it for a leftover. */
  private static final int ATTEMPTS = 5;

  private final Path directory;

  private ParameterStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the store, creating its directory where absent.
   *
   * @throws UncheckedIOException if the directory cannot be created or listed
   */
  public static ParameterStore open(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path unfinished : files.filter(file -> file.toString().endsWith(PART)).toList()) {
          Files.deleteIfExists(unfinished);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the parameter directory " + directory, e);
    }
    return new ParameterStore(directory);
  }

  /** Keeps bytes under their checksum, which the caller has verified. */
  public void put(String sha256, byte[] bytes) {
    Path file = file(sha256);
    try {
      for (int attempt = 1; !holds(file, bytes.length); attempt++) {
        try {
          write(file, bytes);
        } catch (NoSuchFileException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write parameters to " + file, e);
    }
  }

  private static boolean holds(Path file, int length) throws IOException {
    try {
      return Files.size(file) == length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void write(Path file, byte[] bytes) throws IOException {
    Path part = Files.createTempFile(directory, "", PART);
    Files.write(part, bytes);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The bytes, verified; empty if they are not there or damaged. */
  public Optional<byte[]> get(String sha256) {
    Path file = file(sha256);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read parameters from " + file, e);
    }
    if (!ModelChunks.sha256(bytes).equals(sha256)) {
      LOG.warn("{} is damaged: its content does not have the checksum that names it", file);
      return Optional.empty();
    }
    return Optional.of(bytes);
  }

  /** Checksums of all files there are; damaged ones included. */
  public Set<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(NAME))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the parameter directory " + directory, e);
    }
  }

  /** Forgets bytes. Absent ones are no error. */
  public void remove(String sha256) {
    try {
      Files.deleteIfExists(file(sha256));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete parameters " + file(sha256), e);
    }
  }

  private Path file(String sha256) {
    if (!sha256.matches(NAME)) {
      throw new IllegalArgumentException(
          "parameters are named by 64 lower-case hex digits, found '" + sha256 + "'");
    }
    return directory.resolve(sha256);
  }
}
