package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.deploy.ComposeFile.Mount;
import io.engram.deploy.ComposeFile.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A role of {@code docker-compose.yml} as a plain process: the image's entry point and environment, the service's command, environment
 * and memory limit; only hosts, ports and paths are of this machine.
 */
final class ComposedRole implements AutoCloseable {

  private static final Pattern STARTED =
      Pattern.compile("engram (\\w+): .*metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");

  private final Service service;
  private final ChildProcess process;

  private ComposedRole(Service service, ChildProcess process) {
    this.service = service;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param bootstrap where Kafka listens
   * @param directory for its volumes and its output
   */
  static ComposedRole start(Service service, String bootstrap, Path directory) {
    Map<String, String> here =
        new HashMap<>(Map.of("kafka:19092", bootstrap, "0.0.0.0", "127.0.0.1"));
    for (Mount mount : service.mounts()) {
      Path path = mount.isVolume() ? directory.resolve(mount.source()) : mount.onHost();
      here.put(mount.inContainer(), path.toString());
    }
    return new ComposedRole(
        service,
        ChildProcess.start(
            service.name(),
            command(service, here, temporary(directory)),
            environment(service, here),
            directory));
  }

  /** Where all roles below a directory put their temporary files. */
  static Path temporary(Path directory) {
    try {
      return Files.createDirectories(directory.resolve("temporary"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Service service, Map<String, String> here, Path temporary) {
    List<String> entrypoint = new ArrayList<>(Dockerfile.read().entrypoint());
    assertThat(entrypoint.get(0)).isEqualTo("java");
    entrypoint.set(0, ChildProcess.javaExecutable());
    entrypoint.set(entrypoint.indexOf("-cp") + 1, System.getProperty("java.class.path"));
    // What the JVM would find out from its container.
    entrypoint.add(1, "-XX:MaxRAM=" + service.memoryLimit());
    entrypoint.add(1, "-Djava.io.tmpdir=" + temporary);
    return Stream.concat(entrypoint.stream(), service.command().stream())
        .map(word -> here.getOrDefault(word, word))
        .toList();
  }

  private static Map<String, String> environment(Service service, Map<String, String> here) {
    Map<String, String> environment = new HashMap<>(Dockerfile.read().environment());
    environment.putAll(service.environment());
    environment.replaceAll((name, value) -> here.getOrDefault(value, value));
    environment.put("ENGRAM_OPS_%s_PORT".formatted(service.name().toUpperCase(Locale.ROOT)), "0");
    environment.put("ENGRAM_REGISTRY_HTTP_PORT", "0");
    return environment;
  }

  String name() {
    return service.name();
  }

  Service service() {
    return service;
  }

  ChildProcess process() {
    return process;
  }

  /** Where it serves metrics and health; waits until it runs. */
  int port() {
    return Integer.parseInt(process.awaitLine(STARTED).group(2));
  }

  @Override
  public void close() {
    process.close();
  }
}
