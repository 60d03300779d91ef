package io.engram.learner.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What can happen to a store's files. */
final class Damage {

  private Damage() {}

  /** Cuts the first file whose name contains {@code part} to half its length. */
  static void truncate(Path directory, String part) throws IOException {
    Path file = find(directory, part);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) / 2);
    }
  }

  /** Overwrites the middle of every file whose name contains {@code part}. */
  static void scribble(Path directory, String part) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(it -> it.getFileName().toString().contains(part)).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length / 2; i++) {
          bytes[i] ^= 0x5a;
        }
        Files.write(file, bytes);
      }
    }
  }

  /** Leaves nothing of the first file whose name contains {@code part} but its name. */
  static void empty(Path directory, String part) throws IOException {
    Files.write(find(directory, part), new byte[0]);
  }

  static void remove(Path directory, String part) throws IOException {
    Files.delete(find(directory, part));
  }

  /** Names and sizes of the files that hold data, to see that nothing was destroyed. */
  static Map<String, Long> files(Path directory) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".sst") || name.endsWith(".blob") || name.endsWith(".log")) {
          sizes.put(name, Files.size(file));
        }
      }
    }
    return sizes;
  }

  /** Unpacks a store kept from a released format. */
  static void unpack(String resource, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (InputStream bytes = Damage.class.getResourceAsStream(resource);
        ZipInputStream zip = new ZipInputStream(bytes)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        Files.copy(zip, directory.resolve(entry.getName()));
        entry = zip.getNextEntry();
      }
    }
  }

  private static Path find(Path directory, String part) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().contains(part))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }
}
