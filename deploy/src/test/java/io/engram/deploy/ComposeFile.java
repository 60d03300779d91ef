package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docker-compose.yml}, as far as tests ask. */
final class ComposeFile {

  static final String FILE = "docker-compose.yml";

  private final JsonNode root;

  private ComposeFile(JsonNode root) {
    this.root = root;
  }

  static ComposeFile read() {
    return new ComposeFile(Repository.yaml(FILE));
  }

  /** One that is laid over it, such as {@code tls}: only what it says itself. */
  static ComposeFile overlay(String name) {
    return new ComposeFile(Repository.yaml("deploy/compose/" + name + ".yml"));
  }

  /**
   * @param test what the health check runs, without {@code CMD}
   * @param profiles those that start it; none where it is always started
   */
  record Service(
      String name,
      String image,
      List<String> command,
      Map<String, String> environment,
      List<Port> ports,
      List<Mount> mounts,
      List<String> test,
      String memoryLimit,
      List<String> profiles) {}

  /** A port of the container on an address of the host. */
  record Port(String address, int onHost, int inContainer) {}

  /**
   * @param source a path that starts with {@code ./}, or the name of a volume
   */
  record Mount(String source, String inContainer, boolean readOnly) {

    boolean isVolume() {
      return !source.startsWith(".");
    }

    Path onHost() {
      return Repository.path(source);
    }
  }

  JsonNode tree() {
    return root;
  }

  Service service(String name) {
    JsonNode node = root.path("services").path(name);
    return new Service(
        name,
        node.path("image").asText(),
        Tree.texts(node.path("command")),
        Tree.map(node.path("environment")),
        Tree.texts(node.path("ports")).stream().map(ComposeFile::port).toList(),
        Tree.texts(node.path("volumes")).stream().map(ComposeFile::mount).toList(),
        Tree.texts(node.path("healthcheck").path("test")).stream().skip(1).toList(),
        node.path("mem_limit").asText(),
        Tree.texts(node.path("profiles")));
  }

  /** All services, by name. */
  Map<String, Service> services() {
    Map<String, Service> services = new LinkedHashMap<>();
    root.path("services").fieldNames().forEachRemaining(it -> services.put(it, service(it)));
    return services;
  }

  /** The services that run the image built here. */
  List<Service> roles() {
    return services().values().stream()
        .filter(it -> root.path("services").path(it.name()).has("build"))
        .toList();
  }

  private static Port port(String text) {
    String[] parts = text.split(":", -1);
    return new Port(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static Mount mount(String text) {
    String[] parts = text.split(":", -1);
    return new Mount(parts[0], parts[1], parts.length > 2 && parts[2].equals("ro"));
  }
}
