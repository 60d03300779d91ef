package io.engram.ingest.format.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Schemas in a directory, named for their ids: {@code 7.avsc} (Avro) or {@code 7.json} (JSON Schema). */
final class SchemaDirectory implements SchemaSource {

  private static final Map<String, String> TYPES = Map.of(".avsc", "AVRO", ".json", "JSON");

  private final Path directory;

  /**
   * @throws IllegalArgumentException if there is no such directory
   */
  SchemaDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "registry-dir is '%s', which is no directory".formatted(directory));
    }
    this.directory = directory;
  }

  @Override
  public Lookup find(SchemaId id) {
    for (Map.Entry<String, String> type : TYPES.entrySet()) {
      Path file = directory.resolve(id.value() + type.getKey());
      if (Files.isRegularFile(file)) {
        try {
          return new Lookup.Found(
              SchemaText.read(type.getValue(), Files.readString(file), List.of()));
        } catch (IOException e) {
          return new Lookup.NotNow("%s cannot be read: %s".formatted(file, e));
        }
      }
    }
    return new Lookup.Unknown(
        "%s holds neither %s.avsc nor %s.json".formatted(directory, id.value(), id.value()));
  }
}
