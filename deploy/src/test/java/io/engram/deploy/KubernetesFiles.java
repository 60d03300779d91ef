package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is in {@code deploy/kubernetes}, as far as tests ask. */
final class KubernetesFiles {

  static final String BASE = "deploy/kubernetes/base";
  static final String EXAMPLE = "deploy/kubernetes/example";

  private static final ObjectMapper JSON = new ObjectMapper();

  private KubernetesFiles() {}

  /** An object as it stands in a file. */
  record Resource(String file, JsonNode tree) {

    String kind() {
      return tree.path("kind").asText();
    }

    String name() {
      return tree.path("metadata").path("name").asText();
    }

    /** The only container of a workload. */
    JsonNode container() {
      return tree.at("/spec/template/spec/containers/0");
    }

    /** Variables that are set to a text; of those taken from elsewhere a text that could be one. */
    Map<String, String> environment() {
      Map<String, String> variables = new LinkedHashMap<>();
      for (JsonNode variable : container().path("env")) {
        String value =
            variable.path("value").asText(variable.path("name").asText().toLowerCase(Locale.ROOT));
        variables.put(variable.path("name").asText(), value);
      }
      return variables;
    }

    int port(String name) {
      return StreamSupport.stream(container().path("ports").spliterator(), false)
          .filter(it -> it.path("name").asText().equals(name))
          .mapToInt(it -> it.path("containerPort").asInt())
          .findFirst()
          .orElse(0);
    }

    @Override
    public String toString() {
      return "%s: %s %s".formatted(file, kind(), name());
    }
  }

  /** Every object of a directory; kustomizations are none. */
  static List<Resource> in(String directory) {
    List<Resource> resources = new ArrayList<>();
    try (Stream<Path> files = Files.list(Repository.path(directory))) {
      files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith(".yaml") && !it.equals("kustomization.yaml"))
          .sorted()
          .forEach(
              file ->
                  new Yaml(new SafeConstructor(new LoaderOptions()))
                      .loadAll(Repository.text(directory + "/" + file))
                      .forEach(it -> resources.add(new Resource(file, JSON.valueToTree(it)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return resources;
  }

  /** The roles' workloads. */
  static List<Resource> roles() {
    return in(BASE).stream().filter(it -> it.kind().equals("StatefulSet")).toList();
  }
}
