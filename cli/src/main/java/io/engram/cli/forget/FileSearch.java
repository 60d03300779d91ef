package io.engram.cli.forget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for bytes in files, as they lie on the disk. What is compressed there is not found. */
public final class FileSearch {

  private static final int CHUNK = 1 << 20;

  private FileSearch() {}

  /** The files below a directory that hold them, in the order of their names. */
  public static List<Path> files(Path directory, Needle needle) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).filter(file -> holds(file, needle)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look through " + directory, e);
    }
  }

  static boolean holds(Path file, Needle needle) {
    byte[] buffer = new byte[CHUNK + needle.length()];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.readNBytes(buffer, 0, CHUNK);
      while (read > 0) {
        int length = kept + read;
        if (needle.in(buffer, length)) {
          return true;
        }
        kept = Math.min(length, needle.length() - 1);
        System.arraycopy(buffer, length - kept, buffer, 0, kept);
        read = in.readNBytes(buffer, kept, CHUNK);
      }
      return false;
    } catch (NoSuchFileException e) {
      return false; // gone meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + file, e);
    }
  }
}
