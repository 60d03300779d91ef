package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this checkout. */
final class Repository {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Repository() {}

  /** A path below the root of the repository. Tests run in the module's directory. */
  static Path path(String relative) {
    return Path.of("..").toAbsolutePath().normalize().resolve(relative).normalize();
  }

  static String text(String relative) {
    try {
      return Files.readString(path(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String relative) {
    return Tree.parse(text(relative));
  }

  /** With anchors and merges resolved. */
  static JsonNode yaml(String relative) {
    return parseYaml(text(relative));
  }

  static JsonNode parseYaml(String text) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return JSON.valueToTree(tree);
  }
}
