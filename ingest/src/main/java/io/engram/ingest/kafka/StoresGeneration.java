package io.engram.ingest.kafka;

import io.engram.ingest.domain.IngestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whether the stores in a role's state directory follow from the topics as they are now. Once a key was forgotten, stores of before still hold
 * it; Kafka Streams would take them for good.
 */
public final class StoresGeneration {

  private static final String FILE = "generation";

  private StoresGeneration() {}

  /**
   * Notes the generation in a directory without stores, and looks at what is noted in one with stores.
   *
   * @throws IngestException if the stores are of another generation
   */
  public static void require(Path stateDir, long generation) {
    Path file = stateDir.resolve(FILE);
    try {
      long noted = Files.exists(file) ? Long.parseLong(Files.readString(file).trim()) : 0;
      if (noted == generation) {
        return;
      }
      if (holdsStores(stateDir)) {
        throw new IngestException(
            "the stores in %s are of before a key was forgotten (generation %d, now %d): delete that directory; they are made again from the topics"
                .formatted(stateDir, noted, generation));
      }
      Files.createDirectories(stateDir);
      Files.writeString(file, Long.toString(generation), StandardCharsets.UTF_8);
    } catch (IOException | NumberFormatException e) {
      throw new IngestException("%s cannot be used: %s".formatted(file, e), e);
    }
  }

  private static boolean holdsStores(Path stateDir) throws IOException {
    if (!Files.isDirectory(stateDir)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(stateDir)) {
      return entries.anyMatch(Files::isDirectory);
    }
  }
}
