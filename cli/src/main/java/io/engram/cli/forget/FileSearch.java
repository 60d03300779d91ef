package io.engram.cli.forget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for bytes in files, as they lie on the disk. What is compressed there is not found. */
public final class FileSearch {

  private static final int CHUNK = 1 << 20;

  private FileSearch() {}

  /** The files below a directory that hold them, in the order of their names; what vanishes meanwhile holds nothing. */
  public static List<Path> files(Path directory, Needle needle) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(directory, new Visitor(needle, found));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look through " + directory, e);
    }
    return found.stream().sorted().toList();
  }

  /** A broker that is running deletes files and whole directories at any time. */
  private static final class Visitor extends SimpleFileVisitor<Path> {

    private final Needle needle;
    private final List<Path> found;

    Visitor(Needle needle, List<Path> found) {
      this.needle = needle;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && holds(file, needle)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
      return unlessGone(why);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException why)
        throws IOException {
      return why == null ? FileVisitResult.CONTINUE : unlessGone(why);
    }

    private static FileVisitResult unlessGone(IOException why) throws IOException {
      if (why instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw why;
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
