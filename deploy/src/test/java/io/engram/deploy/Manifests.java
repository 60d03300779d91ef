package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The resources of {@code deploy/kubernetes}, as they stand in its files. */
final class Manifests {

  static final String DIRECTORY = "deploy/kubernetes/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifests() {}

  /** The resources that a kustomization of this directory names. */
  static List<JsonNode> of(String directory) {
    List<JsonNode> all = new ArrayList<>();
    for (String file :
        Tree.texts(kustomization(directory).path("resources")).stream()
            .filter(it -> it.endsWith(".yaml"))
            .toList()) {
      all.addAll(parse(Repository.text(DIRECTORY + directory + "/" + file)));
    }
    return List.copyOf(all);
  }

  static JsonNode kustomization(String directory) {
    return Repository.yaml(DIRECTORY + directory + "/kustomization.yaml");
  }

  /** Documents one after another. */
  static List<JsonNode> parse(String text) {
    List<JsonNode> all = new ArrayList<>();
    for (Object tree : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      all.add(JSON.valueToTree(tree));
    }
    return List.copyOf(all);
  }

  static Stream<JsonNode> kind(List<JsonNode> resources, String kind) {
    return resources.stream().filter(it -> it.path("kind").asText().equals(kind));
  }
}
