package io.engram.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A line of {@code .ci/known-vulnerable}.
 *
 * @param artifact {@code *} for all of the group
 * @param firstGood version, or {@code none}
 */
record KnownVulnerable(String group, String artifact, String firstGood, String why) {

  static List<KnownVulnerable> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(KnownVulnerable::parse)
        .toList();
  }

  static KnownVulnerable parse(String line) {
    String[] columns = line.split("\\s+", 3);
    String[] name = columns[0].split(":", 2);
    if (columns.length < 3 || name.length < 2) {
      throw new IllegalArgumentException("not 'group:artifact version why': " + line);
    }
    return new KnownVulnerable(name[0], name[1], columns[1], columns[2]);
  }

  boolean concerns(Component component) {
    return component.group().equals(group)
        && (artifact.equals("*") || component.name().equals(artifact))
        && (firstGood.equals("none") || compare(component.version(), firstGood) < 0);
  }

  /** By their numbers, one after the other; what follows them does not count. */
  private static int compare(String a, String b) {
    String[] first = a.split("[.-]", -1);
    String[] second = b.split("[.-]", -1);
    for (int i = 0; i < Math.max(first.length, second.length); i++) {
      int difference = Integer.compare(number(first, i), number(second, i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int number(String[] parts, int i) {
    return i < parts.length && parts[i].matches("\\d{1,9}") ? Integer.parseInt(parts[i]) : 0;
  }

  /** A library of the list of materials. */
  record Component(String group, String name, String version) {}
}
