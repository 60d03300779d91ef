package io.engram.cli.source.images;

import io.engram.cli.source.SourceException;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The images below a folder, {@code key/class/file} each, in an order that mixes them: it follows from the seed and their names alone.
 *
 * @param files in that order
 * @param others files that lie elsewhere or are no images by their names
 */
record ImageFolder(Path root, List<Path> files, List<Path> others) {

  private static final int DEPTH = 3;
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  ImageFolder {
    files = List.copyOf(files);
    others = List.copyOf(others);
  }

  /**
   * Looks for them.
   *
   * @throws SourceException if there is no such folder, no image in it, or no two classes
   */
  static ImageFolder of(Path root, long seed) {
    if (!Files.isDirectory(root)) {
      throw new SourceException(
          "%s is no folder; name one that holds images as key/class/file with --data DIR"
              .formatted(root.toAbsolutePath().normalize()));
    }
    List<Path> files = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(Files::isRegularFile)
          .map(root::relativize)
          .sorted()
          .forEach(file -> (isImage(file) ? files : others).add(file));
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(root, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw new SourceException(
          "no image lies in %s as key/class/file, such as camera-7/scratched/0001.png (%s)%s"
              .formatted(
                  root,
                  String.join(", ", ENDINGS.stream().sorted().toList()),
                  others.isEmpty() ? "" : "; there is " + others.get(0)));
    }
    RandomStream random =
        new RandomStream(Seeds.derive(seed, Purpose.STREAM, Long.MAX_VALUE, files.size()));
    List<Path> mixed = new ArrayList<>();
    for (int place : random.permutation(files.size())) {
      mixed.add(files.get(place));
    }
    ImageFolder folder = new ImageFolder(root, mixed, others);
    if (folder.ways() < 2) {
      throw new SourceException(
          "no key in %s has images of two classes, so there is nothing to tell apart"
              .formatted(root));
    }
    return folder;
  }

  static String key(Path file) {
    return file.getName(0).toString();
  }

  static String label(Path file) {
    return file.getName(1).toString();
  }

  /** The most classes of one key. */
  int ways() {
    Map<String, Set<String>> classes = new HashMap<>();
    files.forEach(
        file -> classes.computeIfAbsent(key(file), key -> new HashSet<>()).add(label(file)));
    return classes.values().stream().mapToInt(Set::size).max().orElse(0);
  }

  /** How many classes there are. */
  int classes() {
    return (int) files.stream().map(ImageFolder::label).distinct().count();
  }

  /** How many keys there are. */
  long keys() {
    return files.stream().map(ImageFolder::key).distinct().count();
  }

  /** Of all names in their order, 8 hexadecimal digits. */
  String digest() {
    CRC32C digest = new CRC32C();
    for (Path file : files) {
      digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
      digest.update('\n');
    }
    return "%08x".formatted(digest.getValue());
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return file.getNameCount() == DEPTH
        && !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
